/**
 * Watches the live fields: what they hold, so that echoes of it can be removed, and whether they ever
 * were password inputs. Reading is all it does.
 */
import type { Carry } from "./carry";
import { attr, isDocument, isElement, tagOf } from "./dom";
import { type Echo, SHORTEST } from "./echo";
import { choicesOf, fieldOf, isTiny, textOf, typeOf } from "./fields";
import type { Guess } from "./guess";
import type { Masks } from "./mask";
import { metered } from "./meter";

/** Longer texts are learned when they are complete, not at every keystroke. */
const LONG = 64;
const LONGEST = 4000;
/** Words that say nothing of a choice. */
const TRIVIAL = /^(true|false|null|none|undefined)$/i;
/** A part of a number in several boxes. */
const PART = /^[\p{L}\p{N}]{1,6}$/u;
const MOST_PARTS = 12;

export interface Watch {
  /** A field was named by an event. */
  field(field: Element): void;
  /** A document or shadow root is recorded from now on. */
  root(root: Document | ShadowRoot): void;
  /** Reads all known fields; before anything leaves. */
  read(): void;
  /** Tells what rrweb does not: what was typed last on a page that is being left. */
  flush(): void;
  stop(): void;
}

/** `tell`: an input event of a field is to be recorded. */
export function createWatch(masks: Masks, echo: Echo, carry: Carry, guess: Guess, tell: (field: Element) => void): Watch {
  const fields = new Set<Element>();
  const roots = new WeakSet<Node>();
  const seen = new WeakMap<Element, string>();
  const stops: (() => void)[] = [];
  /** Typed into since rrweb told of them: it does so at `change` only. */
  const dirty = new Set<Element>();
  const rows = new Set<string>();

  /** Fields that were not masked at that version of the verdicts: a page may have thousands. */
  const open = new WeakMap<Element, number>();
  const isMasked = (field: Element): boolean => {
    if (open.get(field) === masks.version()) return false;
    if (masks.has(field)) return true;
    open.set(field, masks.version());
    return false;
  };

  const learn = (field: Element, complete: boolean): void => {
    if (!isMasked(field)) return;
    learnChoices(field);
    const text = textOf(field).slice(0, LONGEST);
    const secret = masks.secret(field);
    const state = `${complete} ${secret} ${text}`;
    if (!text || seen.get(field) === state || (!complete && text.length > LONG)) return;
    seen.set(field, state);
    if (typeOf(field) === "hidden" && !secret && !looksRandom(text)) return;
    echo.learn(text, secret || isTiny(text.trim()), complete);
    // A text of several lines is often shown line by line.
    if (text.includes("\n")) for (const line of text.split("\n")) echo.learn(line, secret);
    if (complete && (secret || isTyped(field, text))) carry.keep(text);
  };

  const learnChoices = (field: Element): void => {
    for (const choice of choicesOf(field)) {
      if (TRIVIAL.test(choice) || seen.get(field)?.includes(` ${choice} `)) continue;
      seen.set(field, `${seen.get(field) || ""} ${choice} `);
      if (choice.length < SHORTEST) continue;
      echo.learn(choice, false, true);
      carry.keep(choice);
    }
  };

  const partOf = (field: Element): string => {
    const text = tagOf(field) === "input" ? textOf(field) : "";
    return PART.test(text) && isMasked(field) ? text : "";
  };
  const sameRow = (one: Element, other: Element): boolean =>
    ["type", "maxlength", "size"].every((name) => attr(one, name) === attr(other, name)) &&
    (one as HTMLInputElement).form === (other as HTMLInputElement).form;

  /** A code or a card number in several boxes is one secret, and so is its beginning. */
  const learnRows = (near: Element[]): void => {
    let before: Element | null = null;
    let row: string[] = [];
    const end = (): void => {
      const joined = row.join("");
      if (row.length > 1 && row.length <= MOST_PARTS && joined.length >= SHORTEST && !rows.has(joined)) {
        rows.add(joined);
        echo.learn(joined, true, true);
        carry.keep(joined);
      }
      row = [];
    };
    for (const field of near) {
      const part = partOf(field);
      if (!part || (before && !sameRow(before, field))) end();
      if (part) row.push(part);
      before = part ? field : null;
    }
    end();
  };

  const around = (field: Element): Element[] => {
    const all = Array.from(fields);
    const at = all.indexOf(field);
    return all.slice(Math.max(0, at - MOST_PARTS), at + MOST_PARTS);
  };

  const onInput = (event: Event): void => metered(() => heard(event));
  const heard = (event: Event): void => {
    try {
      flushTypes();
      const target = (event.composedPath()[0] || event.target) as Node;
      const field = isElement(target) ? fieldOf(target) : null;
      if (!field) return;
      fields.add(field);
      open.delete(field);
      if (event.type === "input") dirty.add(field);
      // `change` does not come out of a shadow root, so rrweb does not hear it.
      else if (dirty.delete(field) && isShadow(field)) tell(field);
      learn(field, event.type === "change");
      guess.typed(field);
      if (partOf(field)) learnRows(around(field));
    } catch {
      // never into the page
    }
  };

  const onTypes = (records: MutationRecord[]): void => {
    for (const { target, oldValue } of records)
      if (oldValue?.toLowerCase() === "password") masks.password(target as Element);
  };
  const observer = new MutationObserver(onTypes);
  const flushTypes = (): void => onTypes(observer.takeRecords());

  return {
    field(field) {
      fields.add(field);
      open.delete(field); // it may stand elsewhere now, or have changed
    },

    root(root) {
      if (roots.has(root)) return;
      roots.add(root);
      observer.observe(root, { attributes: true, attributeFilter: ["type"], attributeOldValue: true, subtree: true });
      // `input` comes out of a shadow root, `change` does not.
      const target: EventTarget = isDocument(root) ? root.defaultView || root : root;
      for (const type of isDocument(root) ? ["input", "change"] : ["change"]) {
        target.addEventListener(type, onInput, { capture: true, passive: true });
        stops.push(() => target.removeEventListener(type, onInput, true));
      }
    },

    read() {
      flushTypes();
      for (const field of fields) {
        learn(field, true);
        if (!field.isConnected) fields.delete(field);
      }
      learnRows(Array.from(fields));
    },

    flush() {
      for (const field of dirty) if (field.isConnected) tell(field);
      dirty.clear();
    },

    stop() {
      observer.disconnect();
      for (const stop of stops) stop();
    },
  };
}

const isShadow = (field: Element): boolean => field.getRootNode() !== field.ownerDocument;

/** Not what the server put there. */
function isTyped(field: Element, text: string): boolean {
  const preset = (field as HTMLInputElement).defaultValue;
  return preset === undefined || preset.trim() !== text.trim();
}

/** A token, not one of the words that hidden inputs mostly hold. */
const looksRandom = (text: string): boolean => text.length >= 8 && /\d/.test(text);
