import { expect, it, vi } from "vitest";
import { createBudget, metered, timeSpent } from "../src/meter";

it("counts what runs within once, and what throws, too", () => {
  const clock = vi.spyOn(performance, "now");
  clock.mockReturnValueOnce(100).mockReturnValueOnce(130);
  const before = timeSpent();
  expect(() => metered(() => metered(() => { throw new Error("of the page"); }))).toThrow("of the page");
  expect(timeSpent() - before).toBe(30);
  clock.mockRestore();
});

it("is over with a fifth of fifteen seconds, and begins anew after them", () => {
  let now = 0;
  let spent = 0;
  const over = createBudget(() => now, () => spent);
  spent = 2_900;
  expect(over(0)).toBe(false);
  now = 16_000;
  expect(over(0)).toBe(false);
  spent = 5_800;
  expect(over(0)).toBe(false);
  spent = 6_000;
  expect(over(0)).toBe(true);
});

it("is over with 20 MB", () => {
  const over = createBudget(() => 0, () => 0);
  expect([over(19_999_999), over(20_000_001)]).toEqual([false, true]);
});
