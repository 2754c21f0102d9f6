/**
 * Batches: the events of one POST, with the card of every field that they name.
 *
 * Events wait here scrubbed; echoes are removed when a batch is made, for a value may be learned after
 * the event that shows it.
 */
import { type Card, describe } from "./card";
import type { Carry } from "./carry";
import { collect } from "./collect";
import type { Echo } from "./echo";
import { type Event, INCREMENTAL, INPUT, type Mirror, SNAPSHOT } from "./events";
import type { Masks } from "./mask";
import type { Guess } from "./guess";
import { forgetOutlines } from "./outline";
import type { Rules } from "./rules";
import type { Scrub } from "./scrub";
import type { Watch } from "./watch";

/** One event that waits, and what it named when it came. */
interface Waiting {
  event: Event;
  fields: Map<number, Element>;
  nodes: Map<number, Node>;
  /** Its JSON; of a snapshot that is made when it is sent. */
  text: string | undefined;
  /** Roughly, in characters of JSON. */
  size: number;
  version: number;
}

export interface Head {
  recording: string;
  token: string;
  view: string;
  seq: number;
}

export interface Batch {
  /** The JSON of the contract. The head comes late: a token may be renewed between two attempts. */
  body(head: Head): string;
  events: number;
  snapshot: boolean;
  /** The proxy has taken it and answered. */
  judged(): void;
  /** Gives the events back, to be sent otherwise. */
  restore(): void;
}

export interface Buffer {
  add(event: Event): void;
  /**
   * Takes the oldest events as a batch, `most` of them at most; null when there are none that fit.
   * `limit`: bytes of the body. It is `strict`, or else a snapshot or a single event may pass it.
   */
  take(limit: number, most: number, strict: boolean): Batch | null;
  clear(): void;
  size(): number;
  hasSnapshot(): boolean;
}

export interface Parts {
  mirror: Mirror;
  scrub: Scrub;
  masks: Masks;
  rules: Rules;
  watch: Watch;
  echo: Echo;
  carry: Carry;
  guess: Guess;
}

const utf8 = new TextEncoder();
const bytes = (text: string): number => utf8.encode(text).length;
/** Head of a batch: version, ids, a signed token. */
const HEAD_BYTES = 2000;
/** Generated text in style sheets; a longer string is a picture. */
const CSS = /^(_cssText|style|rule|replace|replaceSync)$/;
const QUOTED = /"[^"\n]{4,200}"|'[^'\n]{4,200}'/g;

export function createBuffer({ mirror, scrub, masks, rules, watch, echo, carry, guess }: Parts): Buffer {
  let waiting: Waiting[] = [];
  let size = 0;
  // A card is made when its field is first named: a moment later the field may be gone.
  let cards = new Map<Element, Card>();

  const words = (text: string, key: string): string => carry.clean(echo.clean(text, key), key);
  const json = (value: unknown, text = JSON.stringify(value)): string => {
    // A field's own value is not for guessing.
    const guessed = (value as Event).type === INCREMENTAL && (value as { data: { source: number } }).data.source === INPUT ? null : guess.echo();
    if (!MASK_AT_SOURCE || !(carry.any() || echo.mayStandIn(text) || guessed?.mayStandIn(text))) return text;
    return JSON.stringify(value, function (this: { id?: unknown }, key, part: unknown) {
      if (typeof part !== "string") return part;
      const quoted = CSS.test(key) ? part.replace(QUOTED, (string) => words(string, "")) : part;
      const shown = words(quoted, key);
      const own = key === "value" && typeof this.id !== "number";
      return guessed && !own ? guessed.clean(shown, key) : shown;
    });
  };

  const again = (item: Waiting): Event | null => {
    if (item.version === masks.version()) return item.event;
    item.text = undefined;
    return scrub(item.event, {
      getId: (node) => mirror.getId(node),
      getNode: (id) => item.nodes.get(id) || mirror.getNode(id),
    });
  };

  return {
    add: (raw) => rules.steady(() => {
      const event = scrub(raw, mirror);
      if (!event) return;
      // A snapshot is sent at once: its size does not matter, and measuring it would cost.
      const text = event.type === SNAPSHOT ? undefined : JSON.stringify(event);
      const item: Waiting = { event, fields: new Map(), nodes: new Map(), text, size: text ? text.length : 0, version: masks.version() };
      collect(event, mirror, {
        field(id, node, field) {
          watch.field(field);
          // The parts of a masked field hold nothing any more, so nothing is to be judged.
          if (node !== field && masks.has(field)) return;
          item.fields.set(id, field);
          item.nodes.set(id, node);
          if (!cards.has(field)) cards.set(field, describe(field, rules, MASK_AT_SOURCE && masks.wasPassword(field)));
        },
        root: (root) => watch.root(root),
      });
      forgetOutlines();
      size += item.size;
      waiting.push(item);
    }),

    take(limit, most, strict) {
      const measure = strict ? bytes : (text: string): number => text.length;
      rules.steady(watch.read);
      const fields: string[] = [];
      const named = new Set<number>();
      const events: string[] = [];
      let length = HEAD_BYTES;
      let used = 0;
      let snapshot = false;
      for (const item of waiting.slice(0, most)) {
        const event = again(item);
        const text = event ? json(event, item.text) : "";
        const news: Record<number, Card> = {};
        if (event) for (const [id, field] of item.fields) if (!named.has(id)) news[id] = cards.get(field)!;
        const added = json(news).slice(1, -1);
        length += measure(text) + measure(added) + 2;
        if (length > limit && (strict || (used > 0 && item.event.type !== SNAPSHOT))) break;
        used++;
        if (!event) continue;
        for (const id of item.fields.keys()) named.add(id);
        if (added) fields.push(added);
        events.push(text);
        snapshot = snapshot || event.type === SNAPSHOT;
      }
      if (!used) return null;
      const taken = waiting.splice(0, used);
      const weight = taken.reduce((sum, item) => sum + item.size, 0);
      size -= weight;
      const kept = cards;
      if (!waiting.length) cards = new Map();
      return {
        body: ({ recording, view, seq, token }) =>
          `${JSON.stringify({ v: 1, recording, view, seq, token }).slice(0, -1)},` +
          `"fields":{${fields.join()}},"events":[${events.join()}]}`,
        events: events.length,
        snapshot,
        judged: () => guess.judged(taken.flatMap((item) => Array.from(item.fields.values()))),
        restore() {
          waiting = taken.concat(waiting);
          size += weight;
          for (const [field, card] of kept) cards.set(field, card);
        },
      };
    },

    clear() {
      waiting = [];
      cards = new Map();
      size = 0;
    },
    size: () => size,
    hasSnapshot: () => waiting.some(({ event }) => event.type === SNAPSHOT),
  };
}
