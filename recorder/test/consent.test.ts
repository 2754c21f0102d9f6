import { beforeEach, describe, expect, it, vi } from "vitest";
import { allowed, createConsent } from "../src/consent";
import { refuse } from "../src/start";
import { configure, memory } from "./site";

const visitor = (gpc: unknown): Navigator => ({ globalPrivacyControl: gpc }) as unknown as Navigator;
const mode = (mode: string, respectGpc = true) => ({ mode, respectGpc, noticeUrl: "" });

function visit(consent: object, session = memory()) {
  const recording = { begin: vi.fn(), refused: vi.fn() };
  const made = createConsent(window, configure({ consent }), session, recording);
  made.open();
  return { ...made, recording, session, bar: document.querySelector("milchglas-consent") };
}

beforeEach(() => {
  document.cookie = "milchglas=off;max-age=0;path=/";
  document.querySelectorAll("milchglas-consent").forEach((bar) => bar.remove());
});

it("Global Privacy Control means no, whatever the mode", () => {
  expect(allowed(mode("none"), visitor(true))).toBe(false);
  expect(allowed(mode("opt-in"), visitor(true))).toBe(false);
  expect(allowed(mode("none"), visitor(undefined))).toBe(true);
  expect(allowed(mode("none", false), visitor(true))).toBe(true);
});

it("a mode that nobody knows records nothing", () => expect(allowed(mode("undefined"), visitor(false))).toBe(false));

describe("consent", () => {
  it("is not asked for in mode none", () => {
    const { recording, bar } = visit({ mode: "none" });
    expect([recording.begin.mock.calls.length, bar]).toEqual([1, null]);
  });

  it("opt-in records nothing before a grant, and then at once", () => {
    const { recording, answer, bar } = visit({ mode: "opt-in" });
    expect(bar).not.toBeNull();
    expect(recording.begin).not.toHaveBeenCalled();
    answer(true);
    expect(recording.begin).toHaveBeenCalledTimes(1);
    expect(bar!.isConnected).toBe(false);
  });

  it("a grant holds for the visit", () => {
    const { answer, session } = visit({ mode: "opt-in" });
    answer(true);
    const { recording, bar } = visit({ mode: "opt-in" }, session);
    expect([recording.begin.mock.calls.length, bar]).toEqual([1, null]);
  });

  it("a refusal ends it, stands in the cookie, and can be taken back", () => {
    const { answer, session, recording } = visit({ mode: "none" });
    answer(false);
    expect(recording.refused).toHaveBeenCalledTimes(1);
    expect(document.cookie).toContain("milchglas=off");
    expect(visit({ mode: "none" }, session).recording.begin).not.toHaveBeenCalled();
    expect(visit({ mode: "none" }).recording.begin).not.toHaveBeenCalled(); // another tab
    answer(true);
    expect(document.cookie).not.toContain("milchglas=off");
    expect(visit({ mode: "none" }, session).recording.begin).toHaveBeenCalledTimes(1);
  });

  it("cannot overrule what the proxy said", () => {
    const session = memory();
    refuse(session, "1");
    const { answer, recording } = visit({ mode: "opt-in" }, session);
    answer(true);
    expect(recording.begin).not.toHaveBeenCalled();
  });

  it.each([undefined, null, "true", 1])("%s is no answer", (nonsense) => {
    const { answer, recording } = visit({ mode: "opt-in" });
    answer(nonsense as unknown as boolean);
    expect(recording.begin).not.toHaveBeenCalled();
    expect(document.cookie).toBe("");
  });

  it("the bar is asked for with what it needs, and without it nothing is recorded", () => {
    const { bar, recording } = visit({ mode: "notice", notice_url: "/datenschutz" });
    const script = bar!.querySelector("script")!;
    expect(script.src).toMatch(/\/_m\/consent\.js$/);
    expect({ ...script.dataset }).toEqual({ mode: "notice", forms: "harmless", notice: "/datenschutz" });
    script.onerror!(new Event("error"));
    expect(bar!.isConnected).toBe(false);
    expect(recording.begin).not.toHaveBeenCalled();
  });

  it("a notice that is shown begins", () => {
    const { bar, recording } = visit({ mode: "notice" });
    bar!.querySelector("script")!.onload!(new Event("load"));
    expect(recording.begin).toHaveBeenCalledTimes(1);
  });
});
