/** Which attributes of an element are masked, by how dark it is there. */
import { isWorded } from "./fields";
import { tagOf } from "./dom";
import type { Attributes } from "./events";
import { MASK } from "./mask";
import { isMarkAttribute, type Mark } from "./marks";

/** What holds at a node. */
export interface Shade {
  mark: Mark | null;
  /** Texts are masked: a masked field's, or under a mark. */
  masked: boolean;
  /** Attributes that people read, and addresses, are masked, too. */
  region: boolean;
  /** All page text is masked (`text: mask`). */
  text: boolean;
}

/** What people read. */
const WORDS = /^(title|alt|placeholder|label|content|summary|aria-(label|description|valuetext|roledescription))$/;
/** Where a masked field's value is copied to. */
const COPIES = /^(value|title|label|data-.+|aria-value.+)$/;
const ADDRESSES = /^((xlink:)?href|(form)?action|cite)$/;
/** States that tell a choice, and how long a scrolled text is. */
const STATES = /^(checked|selected|aria-(checked|selected)|rr_scroll.+)$/;
const PICTURES = /^((rr_)?src|srcset|srcdoc|poster|background|data|rr_dataURL)$/;
/** What an excluded element keeps: its place on the page. */
const PLACE = /^(class|rr_width|rr_height)$/;

/**
 * Masks in place. `control`: the element is a masked field, or an option of one. `whole`: the attributes are the element's
 * all, not a change of some. An absent value stays absent, an empty one empty.
 */
export function scrubAttributes(attributes: Attributes, el: Element, shade: Shade, control: boolean, whole: boolean): void {
  if (shade.mark === "exclude") return exclude(attributes, el, whole);
  if (!control && !shade.region && !shade.text) return;
  const page = /^(link|style|base|html|head)$/.test(tagOf(el));
  for (const name of Object.keys(attributes)) {
    const own = isMarkAttribute(name);
    if (control && STATES.test(name)) delete attributes[name];
    else if (shade.region && !page && PICTURES.test(name)) delete attributes[name];
    else if (
      (control && !own && COPIES.test(name)) ||
      (shade.region && !page && !own && (WORDS.test(name) || COPIES.test(name) || ADDRESSES.test(name))) ||
      (shade.text && (WORDS.test(name) || (name === "value" && isWorded(el))))
    )
      attributes[name] = attributes[name] ? MASK : attributes[name];
  }
}

function exclude(attributes: Attributes, el: Element, whole: boolean): void {
  if (whole && !("rr_width" in attributes)) {
    const { width, height } = el.getBoundingClientRect();
    attributes.rr_width = `${width}px`;
    attributes.rr_height = `${height}px`;
  }
  for (const name of Object.keys(attributes)) if (!PLACE.test(name)) delete attributes[name];
}
