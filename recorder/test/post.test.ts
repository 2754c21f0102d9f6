// @vitest-environment node
// (jsdom's blobs have no stream, and so nothing to compress)
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPost, retryAfter } from "../src/post";

type Call = [string, RequestInit & { headers: Record<string, string> }];
let fetch: ReturnType<typeof vi.fn>;
const win = () => ({ fetch }) as unknown as Window;
const call = (number = 0): Call => fetch.mock.calls[number] as Call;

beforeEach(() => void (fetch = vi.fn(async () => new Response('{"a":1}', { status: 202 }))));
afterEach(() => vi.unstubAllGlobals());

const LONG = "x".repeat(5000);

describe("a post", () => {
  it("goes gzipped, without cookies, and follows no redirect", async () => {
    const answer = await createPost(win())("/e", LONG);
    expect(answer).toEqual({ status: 202, json: { a: 1 }, retryAfter: 0 });
    const [url, init] = call();
    expect([url, init.method, init.credentials, init.redirect]).toEqual(["/e", "POST", "omit", "error"]);
    expect(init.headers["Content-Encoding"]).toBe("gzip");
    expect([...new Uint8Array(init.body as ArrayBuffer).slice(0, 2)]).toEqual([0x1f, 0x8b]);
  });

  it("that is urgent goes at once, plain, and outlives the page", () => {
    void createPost(win())("/e", LONG, true);
    expect(call()[1]).toMatchObject({ body: LONG, keepalive: true });
    expect(call()[1].headers["Content-Encoding"]).toBeUndefined();
  });

  it("goes plain where the browser cannot compress", async () => {
    vi.stubGlobal("CompressionStream", undefined);
    await createPost(win())("/e", LONG);
    expect(call()[1].body).toBe(LONG);
  });

  it("counts what is under way", async () => {
    const post = createPost(win());
    const all = post.room();
    const done = post("/e", LONG, true);
    expect(post.room()).toBe(all - 5000);
    await done;
    expect(post.room()).toBe(all);
  });

  it("is tried without keepalive when the page has used up the room", async () => {
    fetch.mockRejectedValueOnce(new TypeError("quota"));
    expect((await createPost(win())("/e", LONG)).status).toBe(202);
    expect([call(0)[1].keepalive, call(1)[1].keepalive]).toEqual([true, false]);
  });

  it("never throws", async () => {
    fetch.mockRejectedValue(new TypeError("offline"));
    expect((await createPost(win())("/e", LONG)).status).toBe(0);
    fetch.mockResolvedValue(new Response("<html>", { status: 502 }));
    expect(await createPost(win())("/e", LONG)).toMatchObject({ status: 502, json: {} });
  });
});

it.each([["3", 3000], ["", 0], ["-1", 0], ["nonsense", 0]])("Retry-After: %s", (header, expected) =>
  expect(retryAfter(new Response("", { headers: { "Retry-After": header } }))).toBe(expected),
);

it("Retry-After may be a date", () => {
  const date = new Date(Date.now() + 20_000).toUTCString();
  expect(retryAfter(new Response("", { headers: { "Retry-After": date } }))).toBeGreaterThan(15_000);
});
