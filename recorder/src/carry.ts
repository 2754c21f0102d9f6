/**
 * Echoes over page loads: a review page, or a server's error message, repeats what was typed before.
 *
 * The values themselves are never stored. The tab's sessionStorage holds only 16 bits of a salted hash
 * for each value and each of its words; the next page's words whose hash is among them are masked
 * before they leave. One word in 65,536 for each stored hash is masked by mistake: harmless. Of a value of
 * two or three characters it holds 6 bits, so that nobody can tell which it was.
 */
import { SHORTEST } from "./echo";
import { randomId } from "./ids";
import { isTiny } from "./fields";
import { MASK } from "./mask";
import type { Session } from "./session";

/** Of each kind of these numbers, so that at most two words of a hundred are masked by mistake. */
const MOST = 1000;
/** An IBAN in groups of four has nine words; an address may have more. */
const MOST_WORDS = 12;
const LONGEST = 80;
/** Not words at all: the page's machinery. */
const NAMES = /^(class|id|name|for)$/;
const SKIPPED = /^(class|style|_cssText|rule|tagName|tag|type|rel|autocomplete|inputmode|selector|name|id|form|for|d|points|transform|viewBox|integrity)$/;

export interface Carry {
  /** Remembers a value for the pages to come. */
  keep(value: string): void;
  /** The text without words that a page before this one remembered. */
  clean(text: string, key: string): string;
  /** Whether a page before this one remembered anything. */
  any(): boolean;
}

interface Stored {
  salt: string;
  /** Of single words. */
  words: number[];
  /** Of values without their spaces. */
  wholes: number[];
  /** There were more than are kept: all text is masked. */
  full: boolean;
}

const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const trim = (text: string): string => text.replace(edges, "");
const RUN = /[\p{L}\p{N}]{4,}/gu;
/** A part of a text or an address. */
const TOKEN = /[^\s/?&=#"'<>]{4,}/g;
const TINY = 63;

export function createCarry(session: Session): Carry {
  const before = load(session);
  const { salt, full } = before;
  const old = { word: new Set(before.words), whole: new Set(before.wholes) };
  const kept = { word: new Set(before.words), whole: new Set(before.wholes) };

  const any = (): boolean => old.word.size + old.whole.size > 0;
  const print = (text: string): number => hash(salt + text);
  const isOld: IsOld = (kind, text) =>
    text.length >= SHORTEST &&
    (old[kind].has(print(text.toLowerCase())) ||
      (/[^s]s$/i.test(text) && text.length > SHORTEST && old[kind].has(print(text.slice(0, -1).toLowerCase()))));
  const tiny = (text: string): number => hash(`${salt}tiny${text.toLowerCase()}`) & TINY;

  return {
    keep(value) {
      const text = value.toLowerCase().slice(0, 400);
      const put = (kind: "whole" | "word", part: string): void => {
        if (part.length >= SHORTEST) kept[kind].add(print(part));
      };
      if (isTiny(text.trim())) kept.whole.add(tiny(text.trim()));
      put("whole", trim(text.replace(/\s+/g, "")));
      for (const word of text.split(/\s+/)) put("word", trim(word));
      for (const run of text.match(RUN) || []) put("word", run);
      const [words, wholes] = [Array.from(kept.word), Array.from(kept.whole)];
      const stored: Stored = {
        salt,
        words: words.slice(0, MOST),
        wholes: wholes.slice(0, MOST),
        full: full || Math.max(words.length, wholes.length) > MOST,
      };
      session.set("echoes", JSON.stringify(stored));
    },

    any: () => full || any(),

    clean(text, key) {
      if (full && text && !NAMES.test(key) && !SKIPPED.test(key)) return MASK;
      if (!any()) return text;
      // Of the page's own names only what looks like nobody's but the visitor's.
      if (NAMES.test(key)) return text.replace(/\S+/g, (name) => (/@|\d{6}/.test(name) ? maskWords(name, isOld) : name));
      if (SKIPPED.test(key)) return text;
      if (/^(textContent|value|text)$/.test(key) && isTiny(text.trim()) && old.whole.has(tiny(text.trim()))) return MASK;
      return maskWords(maskRuns(text, isOld), isOld);
    },
  };
}

type IsOld = (kind: "whole" | "word", text: string) => boolean;

function maskWords(text: string, isOld: IsOld): string {
  return text.replace(TOKEN, (token) => {
    const word = trim(token);
    const plain = token.includes("%") ? decode(token) : token;
    if (plain !== token && maskWords(plain, isOld) !== plain) return MASK;
    return isOld("word", word) ? token.replace(word, () => MASK) : token.replace(RUN, (run) => (isOld("word", run) ? MASK : run));
  });
}

/** Of UTF-8, or of a legacy page's Latin-1. */
function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return unescape(token);
  }
}

/** Several words that are one value without its spaces. */
function maskRuns(text: string, isOld: IsOld): string {
  const tokens = Array.from(text.matchAll(/\S+/g));
  let out = "";
  let done = 0;
  for (let first = 0; first < tokens.length; first++) {
    let joined = "";
    for (let last = first; last < tokens.length && last < first + MOST_WORDS; last++) {
      joined += tokens[last]![0];
      if (joined.length > LONGEST) break;
      if (!isOld("whole", trim(joined))) continue;
      out += text.slice(done, tokens[first]!.index) + MASK;
      done = tokens[last]!.index! + tokens[last]![0].length;
      first = last;
      break;
    }
  }
  return out + text.slice(done);
}

function load(session: Session): Stored {
  try {
    const stored = JSON.parse(session.get("echoes") || "") as Stored;
    if (typeof stored.salt === "string" && [stored.words, stored.wholes].every(Array.isArray)) return stored;
  } catch {
    // nothing stored, or not by us
  }
  return { salt: randomId(), words: [], wholes: [], full: false };
}

/** FNV-1a, folded to 16 bits. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return ((sum >>> 16) ^ sum) & 0xffff;
}
