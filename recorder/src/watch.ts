/**
 * Watches the live fields: what they hold, so that echoes of it can be removed, and whether they ever
 * were password inputs. Reading is all it does.
 */
import type { Carry } from "./carry";
import { isDocument, isElement } from "./dom";
import type { Echo } from "./echo";
import { fieldOf, textOf, typeOf } from "./fields";
import type { Masks } from "./mask";

/** Longer texts are learned when they are complete, not at every keystroke. */
const LONG = 64;
const LONGEST = 4000;

export interface Watch {
  /** A field was named by an event. */
  field(field: Element): void;
  /** A document or shadow root is recorded from now on. */
  root(root: Document | ShadowRoot): void;
  /** Reads all known fields; before anything leaves. */
  read(): void;
  stop(): void;
}

export function createWatch(masks: Masks, echo: Echo, carry: Carry): Watch {
  const fields = new Set<Element>();
  const roots = new WeakSet<Node>();
  const seen = new WeakMap<Element, string>();
  const stops: (() => void)[] = [];

  const learn = (field: Element, complete: boolean): void => {
    if (!masks.has(field)) return;
    const text = textOf(field).slice(0, LONGEST);
    const secret = masks.secret(field);
    const state = `${complete} ${secret} ${text}`;
    if (!text || seen.get(field) === state || (!complete && text.length > LONG)) return;
    seen.set(field, state);
    if (typeOf(field) === "hidden" && !secret && !looksRandom(text)) return;
    echo.learn(text, secret);
    // A text of several lines is often shown line by line.
    if (text.includes("\n")) for (const line of text.split("\n")) echo.learn(line, secret);
    if (complete && (secret || isTyped(field, text))) carry.keep(text);
  };

  const onInput = (event: Event): void => {
    try {
      flushTypes();
      const target = (event.composedPath()[0] || event.target) as Node;
      const field = isElement(target) ? fieldOf(target) : null;
      if (!field) return;
      fields.add(field);
      learn(field, event.type === "change");
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
    field: (field) => void fields.add(field),

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
    },

    stop() {
      observer.disconnect();
      for (const stop of stops) stop();
    },
  };
}

/** Not what the server put there. */
function isTyped(field: Element, text: string): boolean {
  const preset = (field as HTMLInputElement).defaultValue;
  return preset === undefined || preset.trim() !== text.trim();
}

/** A token, not one of the words that hidden inputs mostly hold. */
const looksRandom = (text: string): boolean => text.length >= 8 && /\d/.test(text);
