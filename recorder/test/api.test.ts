import { expect, it } from "vitest";
import { install } from "../src/api";

it("never throws into the page, and cannot be replaced", () => {
  const broken = (): never => {
    throw new Error("ours");
  };
  const win = {} as Window;
  const calls = { mask: broken, exclude: broken, pause: broken, resume: broken, stop: broken, consent: broken };
  install(win, calls, () => "budget");
  expect(() => [win.milchglas!.mask("x"), win.milchglas!.stop()]).not.toThrow();
  expect(Object.isFrozen(win.milchglas)).toBe(true);
  expect(win.milchglas!.stopped).toBe("budget");
});
