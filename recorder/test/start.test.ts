import { beforeEach, expect, it, vi } from "vitest";
import type { Answer, Post } from "../src/post";
import { leave, refusedBefore, start, worthRetrying } from "../src/start";
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

it("frames of a tab take turns: one asks for a recording, the others go on with it", async () => {
  const session = memory();
  const post = vi.fn(async (_: string, body: string) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { recording = `recording-number-${post.mock.calls.length}` } = JSON.parse(body) as { recording?: string };
    return { status: 200, json: { recording, token: "t" }, retryAfter: 0 };
  });
  const frames = Promise.all([1, 2, 3].map(() => start(post as unknown as Post, "/_m", session)));
  await vi.runAllTimersAsync();
  expect(new Set((await frames).map((identity) => identity!.recording)).size).toBe(1);
});

it("a frame that is gone holds up nobody for long, and one that leaves nobody at all", async () => {
  const session = memory();
  const never = vi.fn(() => new Promise(() => undefined));
  void start(never as unknown as Post, "/_m", session);
  await vi.advanceTimersByTimeAsync(0);
  const post = proxy({ json: { recording: ID, token: "t" } });
  const waiting = start(post, "/_m", session);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(post).not.toHaveBeenCalled();
  leave(session);
  await vi.advanceTimersByTimeAsync(100);
  expect(post).toHaveBeenCalledTimes(1);
  expect(await waiting).toMatchObject({ recording: ID });
});

it("who waits hears that the visitor is not recorded", async () => {
  const session = memory();
  const post = proxy({ status: 410 }, { json: { recording: ID, token: "t" } });
  const frames = Promise.all([start(post, "/_m", session), start(post, "/_m", session)]);
  await vi.runAllTimersAsync();
  expect([await frames, post.mock.calls.length]).toEqual([[null, null], 1]);
});
