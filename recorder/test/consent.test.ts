import { expect, it } from "vitest";
import { allowed } from "../src/consent";

const visitor = (gpc: unknown): Navigator => ({ globalPrivacyControl: gpc }) as unknown as Navigator;

it("Global Privacy Control means no", () => {
  expect(allowed({ mode: "none", respectGpc: true }, visitor(true))).toBe(false);
  expect(allowed({ mode: "none", respectGpc: true }, visitor(undefined))).toBe(true);
  expect(allowed({ mode: "none", respectGpc: false }, visitor(true))).toBe(true);
});

it("a mode that is not built yet records nothing", () => {
  expect(allowed({ mode: "opt-in", respectGpc: true }, visitor(false))).toBe(false);
  expect(allowed({ mode: "undefined", respectGpc: true }, visitor(false))).toBe(false);
});
