/**
 * Marks: how a site's developers say "sensitive". One table for all vendors' words.
 *
 * Rules: an unknown value of a known mark attribute masks; reveal marks (`*-unmask`, `*-allow`)
 * are not known here, so they do nothing; of several marks the strictest holds.
 */

export type Mark = "mask" | "exclude" | "ignore";

/** Attributes that mark by being there, bare or "true". */
const BARE: Record<Mark, string> = {
  mask:
    "data-recording-sensitive data-sentry-mask data-openreplay-obscured data-openreplay-masked " +
    "data-clarity-mask data-matomo-mask data-piwik-mask data-nr-mask data-cs-encrypt " +
    "data-mf-replace-inner data-dtrum-mask data-qm-encrypt",
  exclude:
    "data-recording-disable data-sentry-block data-openreplay-hidden data-openreplay-htmlmasked " +
    "data-hj-suppress data-private data-nr-block data-cs-mask data-heap-redact-text " +
    "data-heap-redact-attributes data-mf-replace data-qm-block data-sr-redact",
  ignore: "data-sentry-ignore data-nr-ignore heap-ignore",
};

/** Attributes whose value says what they mean; "" is the bare attribute, null a reveal mark. */
const VALUED: Record<string, Record<string, Mark | null>> = {
  "data-milchglas": { mask: "mask", exclude: "exclude", ignore: "ignore" },
  "data-recording-ignore": { mask: "mask", events: "ignore", "": "ignore" },
  "data-sl": { mask: "mask", exclude: "exclude" },
  "data-dd-privacy": { hidden: "exclude", allow: null },
};

const CLASSES: Record<Mark, string> = {
  mask:
    "rr-mask sentry-mask ph-mask ph-sensitive fs-mask fs-mask-without-consent highlight-mask nr-mask " +
    "mp-mask amp-mask inspectlet-sensitive inspectletIgnore cls_mask sessionstack-sensitive " +
    "dd-privacy-mask dd-privacy-mask-user-input dd-privacy-mask-unless-allowlisted",
  exclude:
    "smartlook-hide rr-block sentry-block ph-no-capture dd-privacy-hidden fs-exclude " +
    "fs-exclude-without-consent fs-block data-hj-suppress _lr-hide highlight-block nr-block mp-block " +
    "amp-block mf-excluded mf-masked lo-sensitive losensitive userback-block zipy-block ex-block",
  ignore: "rr-ignore sentry-ignore ph-ignore-input highlight-ignore nr-ignore userback-ignore",
};

const MARKS: Mark[] = ["ignore", "mask", "exclude"];

function index(table: Record<Mark, string>): [string, Mark][] {
  return MARKS.flatMap((mark) => table[mark].split(" ").map((name): [string, Mark] => [name, mark]));
}

const byClass = new Map(index(CLASSES));
/** attribute -> value -> mark; null where a value reveals, and is no mark. */
const byAttribute = new Map<string, Map<string, Mark | null>>([
  ...index(BARE).map(([name, mark]) => [name, new Map([["", mark], ["true", mark]])] as const),
  ...Object.keys(VALUED).map((name) => [name, new Map(Object.entries(VALUED[name]!))] as const),
]);

/** The stricter of two marks. */
export function stricter(one: Mark | null, other: Mark | null): Mark | null {
  return MARKS.indexOf(one as Mark) >= MARKS.indexOf(other as Mark) ? one : other;
}

/** The mark that one attribute makes, null when it is none. Asked for every attribute of a page, again and again. */
export function markOf(name: string, value: string): Mark | null {
  if (name === "class") return ofClasses(value);
  const values = byAttribute.get(name);
  if (!values) return null;
  const known = values.get(value.trim().toLowerCase());
  return known === undefined ? "mask" : known;
}

/** Pages have few of them, a thousand times each. */
const MOST = 1000;
let remembered = new Map<string, Mark | null>();

function ofClasses(text: string): Mark | null {
  let mark = remembered.get(text);
  if (mark !== undefined) return mark;
  mark = null;
  for (const name of text.split(/\s+/)) mark = stricter(mark, byClass.get(name) || level(name));
  if (remembered.size >= MOST) remembered = new Map();
  remembered.set(text, mark);
  return mark;
}

/** A level of `dd-privacy-<level>` that is not in the table. */
const level = (token: string): Mark | null => (/^dd-privacy-(?!allow$)/.test(token) ? "mask" : null);

/** Whether an attribute of this name may make a mark. */
export const mayMark = (name: string): boolean => name === "class" || byAttribute.has(name);

/** Whether an attribute is itself a mark: its value says nothing about the visitor. */
export const isMarkAttribute = (name: string): boolean => byAttribute.has(name);
