/**
 * Which fields are masked at the source.
 *
 * A verdict is sticky: by element, and by name and id, so that a toggle, a clone or a framework's
 * fresh element does not undo it. Nothing ever unmasks.
 */
import type { Config } from "./config";
import { attr } from "./dom";
import { isButton, typeOf } from "./fields";
import type { Mark } from "./marks";
import type { Rules } from "./rules";

/** What stands for any removed text, whatever its length. */
export const MASK = "\u2022\u2022\u2022\u2022\u2022\u2022";

export interface Masks {
  /** Whether nothing of the field's value may leave the browser. `mark`: what holds for it, where that is known. */
  has(field: Element, mark?: Mark | null): boolean;
  /** Whether it is a secret: removed even inside words, even when short. */
  secret(field: Element): boolean;
  wasPassword(field: Element): boolean;
  /** The field is, or was, a password input. */
  password(field: Element): void;
  /** The proxy asks for it. */
  add(field: Element): void;
  /** Grows when a verdict may be stricter than before. */
  version(): number;
}

export function createMasks(config: Pick<Config, "forms">, rules: Rules): Masks {
  const passwords = sticky();
  const asked = sticky();

  const wasPassword = (field: Element): boolean => {
    if (MASK_AT_SOURCE && typeOf(field) === "password") passwords.add(field);
    return passwords.has(field);
  };

  return {
    has(field, mark) {
      if (!MASK_AT_SOURCE) return false;
      if (wasPassword(field) || asked.has(field) || (mark === undefined ? rules.of(field) : mark)) return true;
      const type = typeOf(field);
      if (type === "hidden" || type === "file") return true;
      return config.forms === "none" && !isButton(field);
    },
    secret: (field) => wasPassword(field) || !!rules.of(field),
    wasPassword,
    password: (field) => passwords.add(field),
    add: (field) => asked.add(field),
    version: () => passwords.size() + asked.size() + rules.version(),
  };
}

/** A set of fields that knows a field again by its element, its name and its id. */
function sticky(): { add(el: Element): void; has(el: Element): boolean; size(): number } {
  const elements = new WeakSet<Element>();
  const keys = new Set<string>();
  let size = 0;
  const key = (el: Element, name: "name" | "id"): string => {
    const value = attr(el, name);
    return value && `${name}=${value}`;
  };
  return {
    add(el) {
      if (!MASK_AT_SOURCE || elements.has(el)) return;
      elements.add(el);
      for (const name of ["name", "id"] as const) if (key(el, name)) keys.add(key(el, name));
      size++;
    },
    has: (el) => elements.has(el) || (keys.size > 0 && (keys.has(key(el, "name")) || keys.has(key(el, "id")))),
    size: () => size,
  };
}
