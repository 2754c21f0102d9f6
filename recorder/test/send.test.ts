import { beforeEach, describe, expect, it, vi } from "vitest";
import { createBuffer } from "../src/batch";
import type { Event } from "../src/events";
import type { Answer, Post } from "../src/post";
import { createSender, type Outside, type Sender } from "../src/send";
import { incremental, recorderParts } from "./site";

const ID = "abcdefghijklmnop";
const OK = { status: 202, json: { mask: [], snapshot: false }, retryAfter: 0 };

interface Sent {
  url: string;
  body: { seq: number; view: string; token: string; events: { data: { number: number } }[] };
  urgent: boolean;
}

function setUp(answers: (Partial<Answer> | ((sent: Sent) => Partial<Answer>))[] = []) {
  const sent: Sent[] = [];
  let starts = 0;
  const post = vi.fn(async (url: string, body: string, urgent = false) => {
    const one = { url, body: JSON.parse(body) as Sent["body"], urgent };
    sent.push(one);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return { ...OK, ...(typeof next === "function" ? next(one) : next) };
  }) as unknown as Post;
  post.room = () => 64_000;
  post.sent = () => 0;
  const outside = {
    start: vi.fn<Outside["start"]>(async () => ({ recording: ID, token: `t${++starts}` })),
    mask: vi.fn<Outside["mask"]>(),
    snapshot: vi.fn<Outside["snapshot"]>((): void => sender.add(snapshot())),
    stop: vi.fn<Outside["stop"]>(),
  };
  const buffer = createBuffer(recorderParts());
  const sender: Sender = createSender(buffer, post, "/_m", outside);
  return { sent, outside, buffer, sender, numbers: () => sent.map(({ body }) => body.events.map((event) => event.data.number)) };
}

const snapshot = (): Event => ({ type: 2, data: { node: { type: 0, id: 1, childNodes: [] } }, timestamp: 1 }) as unknown as Event;
const small = (number: number, size = 10): Event => incremental({ source: 8, rule: "x".repeat(size), number });
const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1000);

beforeEach(() => void vi.useFakeTimers());

describe("sending", () => {
  it("a snapshot goes at once, the rest every five seconds, numbered from 0", async () => {
    const { sender, sent } = setUp();
    sender.add(snapshot());
    await seconds(0.1);
    expect(sent).toHaveLength(1);
    sender.add(small(1));
    await seconds(4);
    expect(sent).toHaveLength(1);
    await seconds(2);
    expect(sent.map(({ body }) => body.seq)).toEqual([0, 1]);
    expect(sent[0]!.url).toBe(`/_m/events?recording=${ID}`);
    expect(new Set(sent.map(({ body }) => body.view)).size).toBe(1);
  });

  it("200 KB go at once", async () => {
    const { sender, sent } = setUp();
    for (let number = 0; number < 5; number++) sender.add(small(number, 50_000));
    await seconds(0.1);
    expect(sent.length).toBeGreaterThan(0);
  });

  it("what happens before the identity is known is kept", async () => {
    const { sender, outside, numbers } = setUp();
    let known: (identity: { recording: string; token: string }) => void = () => {};
    outside.start.mockReturnValueOnce(new Promise((resolve) => (known = resolve)));
    sender.add(small(1));
    await seconds(10);
    sender.add(small(2));
    known({ recording: ID, token: "t" });
    await seconds(1);
    expect(numbers()).toEqual([[1, 2]]);
  });

  it("without an identity it ends", async () => {
    const { sender, outside, sent } = setUp();
    outside.start.mockResolvedValueOnce(null);
    sender.add(snapshot());
    await seconds(1);
    expect(outside.stop).toHaveBeenCalledWith(false);
    expect(sent).toHaveLength(0);
  });
});

describe("the proxy's answers", () => {
  it("202: masks are obeyed, a snapshot is taken, but not again and again", async () => {
    const { sender, outside, sent } = setUp([{ json: { mask: [4, 5], snapshot: true } }]);
    sender.add(snapshot());
    await seconds(5);
    expect(outside.mask).toHaveBeenCalledWith([4, 5]);
    expect(outside.snapshot).toHaveBeenCalledTimes(1);
    await seconds(25);
    expect(outside.snapshot.mock.calls.length).toBeLessThanOrEqual(4);
    expect(sent.length).toBeLessThanOrEqual(5);
  });

  it("503: the same batch again, in order, as late as asked", async () => {
    const { sender, sent, numbers } = setUp([{ status: 503, retryAfter: 20_000 }, OK]);
    sender.add(small(1));
    await seconds(6);
    sender.add(small(2));
    await seconds(15);
    expect(sent).toHaveLength(1);
    await seconds(15);
    expect(numbers()).toEqual([[1], [1], [2]]);
    expect(sent.map(({ body }) => body.seq)).toEqual([0, 0, 1]);
  });

  it("away for long: nothing piles up, and a fresh snapshot follows", async () => {
    const { sender, sent, outside, buffer } = setUp([(one) => ({ status: sent.length < 9 && one ? 0 : 202 })]);
    sender.add(small(1));
    await seconds(60);
    for (let number = 0; number < 100; number++) sender.add(small(number, 40_000));
    expect(buffer.size()).toBeLessThan(2_100_000);
    await seconds(240);
    expect(outside.snapshot).toHaveBeenCalled();
    expect(sent.at(-1)!.body.events.some((event) => (event as unknown as Event).type === 2)).toBe(true);
    expect(outside.stop).not.toHaveBeenCalled();
  });

  it("away for ever: it ends", async () => {
    const { sender, outside } = setUp([{ status: 0 }]);
    sender.add(small(1));
    await seconds(3600);
    expect(outside.stop).toHaveBeenCalledWith(false);
  });

  it("403: starts once more and goes on with the new token", async () => {
    const { sender, sent, outside } = setUp([{ status: 403 }, OK]);
    sender.add(small(1));
    await seconds(6);
    expect(sent.map(({ body }) => [body.seq, body.token])).toEqual([[0, "t1"], [0, "t2"]]);
    expect(outside.stop).not.toHaveBeenCalled();
  });

  it("403 again: it ends", async () => {
    const { sender, sent, outside } = setUp([{ status: 403 }]);
    sender.add(small(1));
    await seconds(60);
    expect(sent).toHaveLength(2);
    expect(outside.stop).toHaveBeenCalledWith(false);
  });

  it("another recording begins a new view with a snapshot", async () => {
    const { sender, sent, outside } = setUp([{ status: 403 }, OK]);
    outside.start.mockResolvedValueOnce({ recording: ID, token: "a" }).mockResolvedValueOnce({ recording: `${ID}2`, token: "b" });
    sender.add(small(1));
    await seconds(7);
    expect(outside.snapshot).toHaveBeenCalledTimes(1);
    expect(sent.at(-1)!.body).toMatchObject({ seq: 0, recording: `${ID}2` });
    expect(sent.at(-1)!.body.view).not.toBe(sent[0]!.body.view);
  });

  it("410: it ends for the tab", async () => {
    const { sender, sent, outside } = setUp([{ status: 410 }]);
    sender.add(small(1));
    await seconds(6);
    sender.add(small(2));
    await seconds(60);
    expect(outside.stop).toHaveBeenCalledWith(true);
    expect(sent).toHaveLength(1);
  });

  it("413: halves, with no number left out", async () => {
    const { sender, sent } = setUp([({ body }) => ({ status: body.events.length > 2 ? 413 : 202 })]);
    for (let number = 0; number < 4; number++) sender.add(small(number));
    await seconds(20);
    const taken = sent.filter(({ body }) => body.events.length <= 2);
    expect(taken.map(({ body }) => body.seq)).toEqual([0, 1]);
    expect(taken.flatMap(({ body }) => body.events.map((event) => event.data.number))).toEqual([0, 1, 2, 3]);
  });

  it("413 for one event: it is dropped, a snapshot follows; for a snapshot: it ends", async () => {
    const one = setUp([{ status: 413 }, OK]);
    one.sender.add(small(1));
    await seconds(6);
    expect(one.outside.snapshot).toHaveBeenCalledTimes(1);
    const other = setUp([{ status: 413 }]);
    other.sender.add(snapshot());
    await seconds(6);
    expect(other.outside.stop).toHaveBeenCalledWith(false);
  });

  it("400: the batch is dropped, nothing more is sent before a fresh snapshot", async () => {
    const { sender, sent, outside } = setUp([{ status: 400 }, OK]);
    sender.add(small(1));
    await seconds(6);
    expect(outside.snapshot).toHaveBeenCalledTimes(1);
    expect(sent.map(({ body }) => body.seq)).toEqual([0, 1]);
    expect((sent[1]!.body.events[0] as unknown as Event).type).toBe(2);
  });

  it.each([404, 421])("%i: it ends", async (status) => {
    const { sender, outside } = setUp([{ status }]);
    sender.add(small(1));
    await seconds(6);
    expect(outside.stop).toHaveBeenCalledWith(false);
  });
});

describe("a page that is hidden", () => {
  it("sends the rest urgently, below the limits", async () => {
    const { sender, sent } = setUp();
    sender.add(snapshot());
    await seconds(1);
    for (let number = 0; number < 6; number++) sender.add(small(number, 20_000));
    sender.hidden();
    const urgent = sent.filter((one) => one.urgent);
    expect(urgent.length).toBeGreaterThan(0);
    for (const { body } of urgent) expect(JSON.stringify(body).length).toBeLessThan(60_000);
  });

  it("goes on when it is shown again", async () => {
    const { sender, numbers } = setUp();
    sender.add(small(0));
    await seconds(6);
    sender.add(small(1));
    sender.hidden();
    sender.add(small(2));
    await seconds(6);
    expect(numbers()).toEqual([[0], [1], [2]]);
  });

  it("whose last batch was refused takes a snapshot when it lives on", async () => {
    const { sender, outside } = setUp([OK, { status: 503 }, OK]);
    sender.add(small(0));
    await seconds(6);
    sender.add(small(1));
    sender.hidden();
    await seconds(1);
    expect(outside.snapshot).toHaveBeenCalledTimes(1);
  });

  it("sends nothing that has no recording yet", () => {
    const { sender, sent } = setUp();
    sender.add(small(0));
    sender.hidden();
    expect(sent).toHaveLength(0);
  });

  it("the last batch says why no more will come, and holds nothing but one small event", async () => {
    const { sender, sent } = setUp();
    sender.add(snapshot());
    await seconds(1);
    sender.add(small(1, 50_000));
    void sender.last(small(2), "budget");
    sender.stop();
    await seconds(10);
    expect(sent.map(({ url }) => url)).toEqual([`/_m/events?recording=${ID}`, `/_m/events?recording=${ID}&stopped=budget`]);
    expect(sent[1]!.body.events.map(({ data }) => data.number)).toEqual([2]);
  });
});
