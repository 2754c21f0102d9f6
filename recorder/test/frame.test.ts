import { expect, it } from "vitest";
import { hasOrigin, recordedByParent } from "../src/frame";

const inside = (frameElement: unknown): Window => ({ frameElement }) as unknown as Window;

it("only an <iframe> of the own origin is recorded by its parent", () => {
  expect(recordedByParent(inside(document.createElement("iframe")))).toBe(true);
  expect(recordedByParent(inside(document.createElement("frame")))).toBe(false);
  expect(recordedByParent(inside(null))).toBe(false);
});

it("a parent that may not be asked does not record", () => {
  const win = Object.defineProperty({}, "frameElement", {
    get() {
      throw new DOMException("cross-origin", "SecurityError");
    },
  });
  expect(recordedByParent(win as Window)).toBe(false);
});

it("a frame without an origin cannot record", () => {
  expect(hasOrigin({ origin: "null" } as Window)).toBe(false);
  expect(hasOrigin({ origin: "https://shop.example.com" } as Window)).toBe(true);
});
