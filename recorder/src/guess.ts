/**
 * Echoes of fields that the proxy has not judged yet: what was typed into them may turn out to be anybody's
 * name. Until the first answer it goes from page text as if it had been; the field's own value is the proxy's
 * to judge.
 */
import { createEcho, type Echo } from "./echo";
import { textOf } from "./fields";
import type { Masks } from "./mask";

const LONGEST = 200;

export interface Guess {
  typed(field: Element): void;
  /** The proxy took a batch with these fields' cards, and said which of them to mask. */
  judged(fields: Iterable<Element>): void;
  /** What is only guessed, or null when there is nothing. */
  echo(): Echo | null;
}

export function createGuess(masks: Masks, known: Echo): Guess {
  const open = new Map<Element, Set<string>>();
  const settled = new WeakSet<Element>();
  let echo: Echo | null = null;

  return {
    typed(field) {
      if (!MASK_AT_SOURCE || settled.has(field) || masks.has(field)) return;
      const text = textOf(field).slice(0, LONGEST);
      if (!text) return;
      if (!open.has(field)) open.set(field, new Set());
      open.get(field)!.add(text);
      echo = null;
    },

    judged(fields) {
      for (const field of fields) {
        settled.add(field);
        if (masks.has(field)) for (const text of open.get(field) || []) known.learn(text, false);
        if (open.delete(field)) echo = null;
      }
    },

    echo() {
      if (!open.size) return null;
      if (!echo) {
        echo = createEcho();
        for (const texts of open.values()) for (const text of texts) echo.learn(text, false);
      }
      return echo;
    },
  };
}
