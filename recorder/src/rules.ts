/**
 * What holds for an element: vendors' marks, the operator's selectors, and what the page asked for
 * by `window.milchglas`. A mark or a selector on an ancestor holds for all below it.
 */
import type { Config } from "./config";
import { attributesOf, isElement, matches, parentOf, validSelector } from "./dom";
import { excludeSelector, type Mark, markOf, stricter } from "./marks";

export type Rule = ["sensitive" | "exclude" | "safe", number];

export interface Rules {
  /** False when this browser does not understand a selector that protects: then nothing is recorded. */
  valid: boolean;
  /** The mark of this very element. */
  own(el: Element): Mark | null;
  /** The strictest mark of a node and all its composed ancestors. */
  of(node: Node): Mark | null;
  /** The operator's selectors that match: on the way up for `sensitive` and `exclude`, the element itself for `safe`. */
  matched(el: Element): Rule[];
  /** Marks all elements that match, from now on. False when the selector is none. */
  add(mark: "mask" | "exclude", selector: string): boolean;
  /** All that rrweb is to leave out. */
  blockSelector: string;
  /** Counts the calls of `add`: what was judged before is to be judged again. */
  version(): number;
}

export function createRules(config: Pick<Config, "sensitive" | "exclude" | "safe">): Rules {
  const added = { mask: [...config.sensitive], exclude: [...config.exclude] };
  const safe = config.safe.map((selector) => (validSelector(selector) ? selector : ""));
  let selectors = { mask: added.mask.join(), exclude: added.exclude.join() };
  let version = 0;

  const own = (el: Element): Mark | null => {
    if (selectors.exclude && matches(el, selectors.exclude)) return "exclude";
    const mark = ownMark(el);
    return selectors.mask && matches(el, selectors.mask) ? stricter(mark, "mask") : mark;
  };

  return {
    valid: [...added.mask, ...added.exclude].every(validSelector),
    own,
    of(node) {
      let mark: Mark | null = null;
      for (let at: Node | null = node; at && mark !== "exclude"; at = parentOf(at))
        if (isElement(at)) mark = stricter(mark, own(at));
      return mark;
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
    blockSelector: [excludeSelector(), ...config.exclude].join(),
    version: () => version,
  };
}

/** The mark that this very element carries by its attributes. */
function ownMark(el: Element): Mark | null {
  // Asked for every element of a page, again and again: hence the plain loop.
  let mark: Mark | null = null;
  const attributes = attributesOf(el);
  for (let at = 0; at < attributes.length; at++) mark = stricter(mark, markOf(attributes[at]!.name, attributes[at]!.value));
  return mark;
}
