import { expect, it, vi } from "vitest";
import { watchPages } from "../src/pages";

it("a new address becomes a Meta event, once", () => {
  const emit = vi.fn();
  const pages = watchPages(window, emit);
  pages.look();
  history.pushState({}, "", "/zwei");
  pages.look();
  pages.look();
  expect(emit).toHaveBeenCalledTimes(1);
  expect(emit.mock.calls[0]![0]).toMatchObject({ type: 4, data: { href: expect.stringContaining("/zwei") } });
  pages.stop();
});

it("an address that rrweb told already is not told again", () => {
  const emit = vi.fn();
  const pages = watchPages(window, emit);
  history.pushState({}, "", "/drei");
  pages.saw(location.href);
  pages.look();
  expect(emit).not.toHaveBeenCalled();
});
