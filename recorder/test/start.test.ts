import { beforeEach, expect, it, vi } from "vitest";
import type { Answer, Post } from "../src/post";
import { refusedBefore, start, worthRetrying } from "../src/start";
import { memory } from "./site";

const ID = "abcdefghijklmnop";
beforeEach(() => void vi.useFakeTimers());

function proxy(...answers: Partial<Answer>[]) {
  const post = vi.fn(async () => ({ status: 200, json: {}, retryAfter: 0, ...answers.shift() }));
  return post as unknown as Post & typeof post;
}

it("asks for a recording and remembers it for the tab", async () => {
  const session = memory();
  const post = proxy({ json: { recording: ID, token: "t" } }, { json: { recording: ID, token: "u" } });
  expect(await start(post, "/_m", session)).toEqual({ recording: ID, token: "t" });
  expect(post).toHaveBeenLastCalledWith("/_m/start", "{}");
  await start(post, "/_m", session);
  expect(post).toHaveBeenLastCalledWith("/_m/start", JSON.stringify({ recording: ID, token: "t" }));
});

it("410 is remembered: this tab is not asked again", async () => {
  const session = memory();
  expect(refusedBefore(session)).toBe(false);
  expect(await start(proxy({ status: 410 }), "/_m", session)).toBeNull();
  expect(refusedBefore(session)).toBe(true);
});

it("waits and tries again, not for ever", async () => {
  const post = proxy({ status: 503 }, { status: 0 }, { json: { recording: ID, token: "t" } });
  const identity = start(post, "/_m", memory());
  await vi.runAllTimersAsync();
  expect(await identity).toMatchObject({ recording: ID });
  const dead = proxy(...Array.from({ length: 50 }, () => ({ status: 503 })));
  const none = start(dead, "/_m", memory());
  await vi.runAllTimersAsync();
  expect(await none).toBeNull();
  expect(dead.mock.calls.length).toBeLessThan(10);
});

it.each([{ status: 404 }, { status: 400 }, { json: {} }, { json: { recording: "short", token: "t" } }])(
  "%o is no identity",
  async (answer) => expect(await start(proxy(answer), "/_m", memory())).toBeNull(),
);

it.each([[0, true], [408, true], [429, true], [500, true], [501, false], [503, true], [400, false], [404, false]])(
  "status %i is worth another attempt: %s",
  (status, expected) => expect(worthRetrying(status)).toBe(expected),
);
