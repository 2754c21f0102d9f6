/**
 * Sends batches, one at a time and in order; what is left when the page is hidden goes at once.
 *
 * What the proxy answers: 202 go on · 403 start once more · 410 stop · 413 smaller batches · 400 drop it
 * and take a fresh snapshot · else wait and try again, with caps on attempts and on what is kept meanwhile.
 */
import { pause } from "./backoff";
import type { Batch, Buffer } from "./batch";
import { type Event, META, SNAPSHOT } from "./events";
import { randomId } from "./ids";
import { metered } from "./meter";
import type { Answer, Post } from "./post";
import { type Identity, worthRetrying } from "./start";

export interface Outside {
  start(): Promise<Identity | null>;
  /** Masks these nodes at the source from now on. */
  mask(ids: number[]): void;
  snapshot(): void;
  /** No more recording on this page; `forTab`: nor on the next ones. */
  stop(forTab: boolean): void;
}

export interface Sender {
  add(event: Event): void;
  /** Sends what fits before the page may be gone. */
  hidden(): void;
  /** Drops what waits, and tells the proxy by this event why no more will come. */
  last(event: Event, why: string): Promise<void>;
  stop(): void;
}

type Timer = ReturnType<typeof setTimeout>;

const EVERY = 5_000;
const FULL = 200_000;
const URGENT = 60_000;
const KEPT = 2_000_000;
const TRIES = 6;
const ROUNDS = 5;
const ROUND_PAUSE = 60_000;
const REFUSALS = 3;
const SNAPSHOT_EVERY = 10_000;

export function createSender(buffer: Buffer, post: Post, proxy: string, outside: Outside): Sender {
  let identity: Identity | null = null;
  let view = randomId();
  let seq = 0;
  let busy = false;
  let stopped = false;
  /** Events were lost: nothing makes sense until the next full snapshot. */
  let gap = false;
  let timer: Timer | undefined;
  let hurry: Timer | undefined;
  let most = Infinity;
  let rounds = 0;
  let refusals = 0;
  let restarted = false;
  let lastSnapshot = -Infinity;
  let asked = false;

  const finish = (forTab: boolean): void => {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    buffer.clear();
    outside.stop(forTab);
  };

  /** A fresh full snapshot, but not again and again to a proxy that never has enough. */
  const wantSnapshot = (): void => {
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      lastSnapshot = Date.now();
      if (!stopped) outside.snapshot();
    }, Math.max(0, lastSnapshot + SNAPSHOT_EVERY - Date.now()));
  };

  const lose = (): void => {
    buffer.clear();
    gap = true;
  };

  const obey = ({ json }: Answer): void => {
    if (Array.isArray(json.mask) && json.mask.length) outside.mask(json.mask as number[]);
    if (json.snapshot === true) wantSnapshot();
  };

  const head = (number: number): Parameters<Batch["body"]>[0] => ({ ...identity!, view, seq: number });
  const url = (): string => `${proxy}/events?recording=${encodeURIComponent(identity!.recording)}`;

  /** Makes sure of an identity; another recording than before means a new view, from its start. */
  const identify = async (): Promise<boolean> => {
    const before = identity;
    identity = await outside.start();
    if (!identity) finish(false);
    if (before && identity && before.recording !== identity.recording) {
      view = randomId();
      seq = 0;
      lose();
      wantSnapshot();
      return false;
    }
    return !!identity;
  };

  /** One batch until the proxy has taken or refused it. */
  const deliver = async (batch: Batch): Promise<void> => {
    const number = seq++;
    for (let tries = 0; !stopped; tries++) {
      const answer = await post(url(), batch.body(head(number)));
      const { status, retryAfter } = answer;
      if (status >= 200 && status < 300) {
        most = Infinity;
        rounds = refusals = 0;
        restarted = false;
        obey(answer);
        return batch.judged();
      }
      if (status === 410) return finish(true);
      if (status === 403 && !restarted) {
        restarted = true;
        if (await identify()) continue;
        return;
      }
      if (status === 413) return shrink(batch, number);
      if (worthRetrying(status)) {
        if (tries < TRIES) await pause(tries, retryAfter);
        else return giveUp();
        continue;
      }
      // Refused for good: this batch, and after some in a row the recording.
      if (status !== 400 || ++refusals >= REFUSALS) return finish(false);
      gap = true;
      return wantSnapshot();
    }
  };

  /** The answer to what was sent urgently, should the page live on. */
  const late = (answer: Answer, batch: Batch): void => {
    if (answer.status >= 200 && answer.status < 300) {
      obey(answer);
      return batch.judged();
    }
    if (answer.status === 410) return finish(true);
    gap = true;
    return wantSnapshot();
  };

  const shrink = (batch: Batch, number: number): void => {
    if (batch.events > 1) {
      batch.restore();
      most = Math.ceil(batch.events / 2);
      if (seq === number + 1) seq = number; // it was never taken
      return;
    }
    most = Infinity;
    if (batch.snapshot) return finish(false); // this page is too large to be recorded
    gap = true;
    wantSnapshot();
  };

  const giveUp = async (): Promise<void> => {
    lose();
    if (++rounds >= ROUNDS) return finish(false);
    await new Promise((resolve) => setTimeout(resolve, ROUND_PAUSE));
    wantSnapshot();
  };

  const pump = async (): Promise<void> => {
    clearTimeout(timer);
    clearTimeout(hurry);
    timer = hurry = undefined;
    if (busy || stopped) return;
    busy = true;
    try {
      if (!identity && !(await identify())) return;
      do {
        const batch = metered(() => buffer.take(FULL, most, false));
        if (!batch) break;
        if (batch.events) await deliver(batch);
      } while (!stopped && (most < Infinity || buffer.hasSnapshot() || buffer.size() >= FULL));
    } catch {
      finish(false); // a fault of ours: rather nothing than something half masked
    } finally {
      busy = false;
      plan();
    }
  };

  const plan = (): void => {
    if (stopped || busy) return;
    const soon = buffer.hasSnapshot() || buffer.size() >= FULL;
    if (soon) {
      // In a task of its own: rrweb is in the middle of an event, and loaded frames are about to follow.
      if (!hurry) hurry = setTimeout(() => void pump());
    } else if (!timer && buffer.size()) timer = setTimeout(() => void pump(), EVERY);
  };

  return {
    add(event) {
      if (stopped) return;
      if (gap && event.type !== SNAPSHOT && event.type !== META) return;
      if (event.type === SNAPSHOT) gap = false;
      buffer.add(event);
      if (buffer.size() > KEPT) {
        lose();
        wantSnapshot();
      }
      plan();
    },

    hidden() {
      if (stopped || !identity) return;
      for (;;) {
        const batch = buffer.take(Math.min(URGENT, post.room()), Infinity, true);
        if (!batch) break;
        if (!batch.events) continue;
        void post(url(), batch.body(head(seq++)), true).then((answer) => late(answer, batch)).catch(() => finish(false));
      }
      void pump(); // what did not fit, should the page live on
    },

    async last(event, why) {
      buffer.clear();
      buffer.add(event);
      const batch = buffer.take(URGENT, 1, true);
      identity = identity || (await outside.start());
      if (identity && batch) await post(`${url()}&stopped=${why}`, batch.body(head(seq++)), true);
    },

    stop() {
      stopped = true;
      clearTimeout(timer);
      buffer.clear();
    },
  };
}
