/**
 * Echoes: values of masked fields that show up elsewhere - in a preview, a title, an address.
 *
 * Held in memory only. A secret goes wherever it stands, also inside words, also with spaces, dashes
 * or dots between its characters, and so does what of it was typed so far (4 characters and more); a
 * shorter secret goes where a whole string equals it. Other values go at word boundaries, also before a
 * genitive's "s". What is masked at the source the proxy never sees, so its spellings must be known here.
 */
import { MASK } from "./mask";
import { isNumber, spellings } from "./spellings";

export const SHORTEST = 4;
/** Values; with more, not all of what stands in the page can be told from them. */
const MOST = 4500;
const GAP = "[\\s.()/+\\-\\u2010-\\u2015]*";
const GAPS = new RegExp(GAP, "g");
const IS_GAP = new RegExp(`^${GAP.slice(0, -1)}$`);
const WORD = /[\p{L}\p{N}_]/u;
/** JSON writes these otherwise. */
const ESCAPED = /["\\\u0000-\u001f]|[\ud800-\udfff]/;
const ENCODED = /[^A-Za-z0-9_.~*-]/;
/** Words of the page's own machinery: only a whole secret is looked for in them, or what is no ordinary word. */
const STRUCTURE = /^(class|_cssText|rel|selector|name|id|form)$/;
/** Words of HTML itself, which the replay and the classifier cannot do without. */
const GRAMMAR = /^(tagName|tag|type|autocomplete|inputmode)$/;
/** Where short values are looked for: not in widths and lengths. */
const READ = /^(textContent|value|text|title|alt|content|placeholder|label|(aria|data)-.+)$/;
const DISTINCTIVE = /[\d@]|.{12}/;
/** How much of a coded value tells of it: six of its bytes in base64. */
const CODED = 8;

export interface Echo {
  /** Remembers a value that must not be told. `secret`: see above. `complete`: nobody is typing it any more. */
  learn(value: string, secret: boolean, complete?: boolean): void;
  /** The text without any remembered value; `key` is the JSON key that it stands under. */
  clean(text: string, key: string): string;
  /** False when nothing in a JSON text can be a remembered value: a quick look before the thorough one. */
  mayStandIn(json: string): boolean;
}

interface Known {
  /** Without gaps. */
  value: string;
  /** What of it stands in the first four characters as typed. */
  head: string;
  /** So much of it was there before somebody typed the rest. */
  least: number;
  secret: boolean;
}

/** Lower case, without what people put between groups of digits. */
const bare = (text: string): string => text.toLowerCase().replace(GAPS, "");

export function createEcho(): Echo {
  const known = new Map<string, Known>();
  const short = new Set<string>();
  /** There were more values than are kept: from then on all text is masked. */
  let full = false;
  let probe: RegExp | null = null;
  let escaped = false;

  const add = (text: string, secret: boolean, beginning = SHORTEST): void => {
    const value = bare(text);
    const head = bare(text.slice(0, beginning)) || value.slice(0, SHORTEST);
    if (known.get(value)?.secret || (known.has(value) && !secret)) return;
    // What a key has made longer is one value, not two: else a visitor who types much would fill the memory.
    const shorter = known.get(value.slice(0, -1));
    const typed = shorter && shorter.secret === secret && shorter.head === head ? shorter : null;
    if (typed) known.delete(typed.value);
    else if (known.size >= MOST && !known.has(value)) return void (full = true);
    known.set(value, { value, head, secret, least: typed ? typed.least : value.length });
    if (typed) return;
    probe = null;
    escaped = escaped || ESCAPED.test(head);
  };

  /** Matches where any known value may begin: its head, gaps allowed. */
  const begin = (): RegExp => {
    if (probe) return probe;
    const heads = new Set<string>();
    for (const { head } of known.values()) heads.add(head);
    const parts = Array.from(heads, (head) => Array.from(head.split(""), escape).join(GAP));
    return (probe = new RegExp(parts.join("|"), "i"));
  };

  return {
    learn(value, secret, complete) {
      const text = value.trim();
      if (text.length < SHORTEST || !bare(text)) {
        if (text && secret) short.size < MOST ? short.add(text.toLowerCase()) : (full = true);
        return;
      }
      add(text, secret || isNumber(bare(text)));
      if (complete) {
        const { words, coded } = spellings(text);
        for (const word of words) add(word, secret);
        for (const code of coded) add(code, true, CODED);
      }
      // As it stands in an address; a form writes a space as "+", which is a gap.
      if (ENCODED.test(text)) add(encode(text), secret);
    },

    mayStandIn: (json) => full || short.size > 0 || (known.size > 0 && (escaped || begin().test(json))),

    clean(text, key) {
      if (!text || GRAMMAR.test(key)) return text;
      const structure = STRUCTURE.test(key);
      if (full && READ.test(key)) return MASK;
      if (short.size && READ.test(key) && short.has(text.trim().toLowerCase())) return MASK;
      if (!known.size || !begin().test(text)) return text;
      return cut(text, find(text, known, structure));
    },
  };
}

type Span = [start: number, end: number];

/** Where known values stand in a text. */
function find(text: string, known: Map<string, Known>, structure: boolean): Span[] {
  const wanted = Array.from(known.values()).filter(({ secret, value }) => secret || !structure || DISTINCTIVE.test(value));
  if (!wanted.length) return [];
  // The text without its gaps, and where each of its characters came from.
  let dense = "";
  const origin: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (IS_GAP.test(char)) continue;
    const lower = char.toLowerCase(); // of some characters it has two
    for (let i = 0; i < lower.length; i++) origin.push(at);
    dense += lower;
  }
  const spans: Span[] = [];
  for (const { value, head, least, secret } of wanted) {
    const sought = structure ? value : secret ? head : value.slice(0, least);
    for (let at = dense.indexOf(sought); at >= 0; at = dense.indexOf(sought, at + 1)) {
      let length = sought.length;
      while (length < value.length && dense[at + length] === value[length]) length++;
      const start = origin[at]!;
      let end = origin[at + length - 1]! + 1;
      if (!secret) {
        if (!edge(text, start - 1)) continue;
        // Of "Muster M." the first word is what was typed at first.
        while (length >= sought.length && !(edge(text, end) || genitive(text, end))) end = origin[at + --length - 1]! + 1;
        if (length < sought.length) continue;
      }
      if (end - start >= SHORTEST) spans.push([start, end]);
    }
  }
  return spans;
}

const edge = (text: string, at: number): boolean => !WORD.test(text.charAt(at));
const genitive = (text: string, at: number): boolean => /s/i.test(text.charAt(at)) && edge(text, at + 1);

function cut(text: string, spans: Span[]): string {
  let out = "";
  let done = 0;
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    if (start >= done) out += text.slice(done, start) + MASK;
    done = Math.max(done, end);
  }
  return out + text.slice(done);
}

const escape = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");

/** Percent-encoded; a lone surrogate cannot be. */
function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
