import { describe, expect, it } from "vitest";
import { createRules } from "../src/rules";
import { $, body } from "./site";

const NONE = { sensitive: [], exclude: [], safe: [] };

describe("what holds for an element", () => {
  it("a mark on an ancestor holds below it, through a shadow root", () => {
    body("<div class=rr-mask><p id=host></p></div>");
    const root = $("#host").attachShadow({ mode: "open" });
    root.innerHTML = "<input>";
    expect(createRules(NONE).of(root.firstChild!)).toBe("mask");
  });

  it.each(["parentNode", "attributes", "nodeType"])("a form with an input named %s is a form like any other", (name) => {
    body(`<form data-private><input name=${name}><p></p></form>`);
    expect(createRules(NONE).of($("p"))).toBe("exclude");
  });

  it("a mark on a frame holds in the frame's document", () => {
    body("<div data-private><iframe></iframe></div>");
    const inner = $<HTMLIFrameElement>("iframe").contentDocument!;
    inner.body.innerHTML = "<input>";
    expect(createRules(NONE).of(inner.querySelector("input")!)).toBe("exclude");
  });

  it("the operator's selectors are as if marked, and are named by number", () => {
    body("<form id=f><input id=i name=filiale></form>");
    const rules = createRules({ sensitive: ["#x", "#f"], exclude: [".chat"], safe: ["[name=filiale]", "form"] });
    expect(rules.of($("#i"))).toBe("mask");
    expect(rules.matched($("#i"))).toEqual([["sensitive", 1], ["safe", 0]]);
  });

  it("`safe` takes no mark away", () => {
    body("<input id=i class=rr-mask>");
    expect(createRules({ ...NONE, safe: ["#i"] }).of($("#i"))).toBe("mask");
  });

  it("a protecting selector that the browser does not know forbids recording", () => {
    expect(createRules({ ...NONE, exclude: ["#a", ":gibts-nicht(("] }).valid).toBe(false);
    expect(createRules({ ...NONE, safe: [":gibts-nicht(("] }).valid).toBe(true);
  });

  it("the page may add, and adds no nonsense", () => {
    body("<p id=p></p>");
    const rules = createRules(NONE);
    expect([rules.add("mask", "#p"), rules.add("mask", "((")]).toEqual([true, false]);
    expect([rules.of($("#p")), rules.version()]).toEqual(["mask", 1]);
  });
});
