import { expect, it } from "vitest";
import { openSession } from "../src/session";

it("remembers within the tab, apart for each site", () => {
  openSession(window, "a", "tab").set("visit", "x");
  expect(openSession(window, "a", "tab").get("visit")).toBe("x");
  expect(openSession(window, "b", "tab").get("visit")).toBeNull();
});

it("stores nothing for `visit: page`", () => {
  sessionStorage.clear();
  openSession(window, "a", "page").set("visit", "x");
  expect(sessionStorage.length).toBe(0);
});

it("does without where the browser forbids it", () => {
  const win = Object.defineProperty({}, "sessionStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  }) as Window;
  const session = openSession(win, "a", "tab");
  session.set("visit", "x");
  expect(session.get("visit")).toBeNull();
});
