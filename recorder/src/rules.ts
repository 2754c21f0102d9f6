/**
 * What holds for an element: vendors' marks, the operator's selectors, and what the page asked for
 * by `window.milchglas`. A mark or a selector on an ancestor holds for all below it.
 */
import type { Config } from "./config";
import { attr, attributeNamesOf, isElement, matches, parentOf, validSelector } from "./dom";
import { type Mark, markOf, mayMark, stricter } from "./marks";

export type Rule = ["sensitive" | "exclude" | "safe", number];

export interface Rules {
  /** False when this browser does not understand a selector that protects: then nothing is recorded. */
  valid: boolean;
  /** The mark of this very element. */
  own(el: Element): Mark | null;
  /** The same by the attributes that were recorded of it: far cheaper. `live` is asked for only if there are selectors. */
  recorded(attributes: Record<string, unknown>, live: () => Node | null): Mark | null;
  /** The strictest mark of a node and all its composed ancestors. */
  of(node: Node): Mark | null;
  /** The operator's selectors that match: on the way up for `sensitive` and `exclude`, the element itself for `safe`. */
  matched(el: Element): Rule[];
  /** Marks all elements that match, from now on. False when the selector is none. */
  add(mark: "mask" | "exclude", selector: string): boolean;
  /** Runs what does not change the page: what was found of an ancestor is then not looked for again. */
  steady<T>(work: () => T): T;
  /** A mark was put on an element that was recorded before. */
  changed(): void;
  /** Grows when marks may be stricter than before: what was judged is to be judged again. */
  version(): number;
}

export function createRules(config: Pick<Config, "sensitive" | "exclude" | "safe">): Rules {
  const added = { mask: [...config.sensitive], exclude: [...config.exclude] };
  const safe = config.safe.map((selector) => (validSelector(selector) ? selector : ""));
  let selectors = { mask: added.mask.join(), exclude: added.exclude.join() };
  let version = 0;

  /** By node: its own mark, and with those of its ancestors. */
  let memo: { own: Map<Node, Mark | null>; of: Map<Node, Mark | null> } | null = null;

  const selected = (el: Element): Mark | null => {
    if (selectors.exclude && matches(el, selectors.exclude)) return "exclude";
    return selectors.mask && matches(el, selectors.mask) ? "mask" : null;
  };
  const own = (el: Element): Mark | null => {
    const known = memo?.own.get(el);
    if (known !== undefined) return known;
    let mark = selected(el);
    for (const name of attributeNamesOf(el)) {
      const made = mayMark(name) ? markOf(name, attr(el, name)) : null;
      if (made) mark = stricter(mark, made);
    }
    memo?.own.set(el, mark);
    return mark;
  };

  return {
    valid: [...added.mask, ...added.exclude].every(validSelector),
    own,
    recorded(attributes, live) {
      let mark: Mark | null = null;
      for (const name in attributes) {
        const value = mayMark(name) ? attributes[name] : null;
        const made = typeof value === "string" ? markOf(name, value) : null;
        if (made) mark = stricter(mark, made);
      }
      const el = selectors.exclude || selectors.mask ? live() : null;
      return isElement(el) ? stricter(mark, selected(el)) : mark;
    },
    of(node) {
      const line: Node[] = [];
      let at: Node | null = node;
      for (; at && !memo?.of.has(at); at = parentOf(at)) line.push(at);
      let mark = (at && memo?.of.get(at)) || null;
      for (let below = line.pop(); below; below = line.pop()) {
        if (isElement(below)) mark = stricter(mark, own(below));
        memo?.of.set(below, mark);
      }
      return mark;
    },
    steady(work) {
      memo = { own: new Map(), of: new Map() };
      try {
        return work();
      } finally {
        memo = null;
      }
    },
    matched(el) {
      const rules: Rule[] = [];
      for (const kind of ["sensitive", "exclude"] as const)
        config[kind].forEach((selector, index) => {
          for (let at: Node | null = el; at; at = parentOf(at))
            if (isElement(at) && matches(at, selector)) return void rules.push([kind, index]);
        });
      safe.forEach((selector, index) => {
        if (selector && matches(el, selector)) rules.push(["safe", index]);
      });
      return rules;
    },
    add(mark, selector) {
      if (typeof selector !== "string" || !validSelector(selector)) return false;
      added[mark].push(selector);
      selectors = { mask: added.mask.join(), exclude: added.exclude.join() };
      version++;
      return true;
    },
    changed: () => void version++,
    version: () => version,
  };
}
