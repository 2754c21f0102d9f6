/**
 * Takes out of an event what belongs to masked fields, and what stands under a mark.
 *
 * rrweb's own masking leaks in many places (a cleared field's default value, options, hidden inputs,
 * editable texts, attributes ...) and its `closest` stops at shadow roots and frames, so each event is
 * gone through after the fact, by the live nodes that its ids name.
 */
import { isElement, isText, parentOf, tagOf } from "./dom";
import * as rr from "./events";
import { fieldOf, isCustomField, isEditable, isField, isOption, isWorded, mayBeField } from "./fields";
import type { Masks } from "./mask";
import { MASK } from "./mask";
import { type Mark, mayMark, stricter } from "./marks";
import type { Rules } from "./rules";
import { scrubAttributes, type Shade } from "./attributes";

export interface Scrub {
  /** The event without what is masked, changed in place; null when nothing of it may stay. */
  (event: rr.Event, mirror: rr.Mirror): rr.Event | null;
}

export function createScrub(masks: Masks, rules: Rules, maskText: boolean): Scrub {
  /**
   * What holds in `el` when `mark` is its own, or one from above, and `shade` holds around it. `masked`: it is a field,
   * and whether that is masked.
   */
  const shadeIn = (shade: Shade, el: Element | null, mark: Mark | null, masked: boolean | null): Shade => {
    if (masked === null && el && tagOf(el) === "datalist") {
      const field = fieldOf(el);
      masked = field && masks.has(field);
    }
    if (masked === null) return mark === shade.mark ? shade : shadeFor(mark, shade.masked, shade.region);
    // What a custom element holds besides its value is page text.
    const dark = masked && !isCustomField(el!);
    return shadeFor(mark, shade.masked || dark, shade.region || (dark && isEditable(el!)));
  };

  const isMasked = (el: Element | null, mark: Mark | null): boolean | null => (el && isField(el) ? masks.has(el, mark) : null);

  /** `region`: not only the field's value, but all text and attributes. */
  const shadeFor = (mark: Mark | null, masked: boolean, region: boolean): Shade => {
    const marked = mark === "mask" || mark === "exclude";
    return { mark, masked: masked || marked, region: region || marked, text: maskText };
  };
  const light = shadeFor(null, false, false);

  /** Of the event that is gone through: its nodes have their ancestors in common. */
  let shades = new Map<Node, Shade>();

  /** Goes down from the outermost ancestor, as the tree walk does. */
  const shadeOf = (node: Node | null): Shade => {
    const line: Node[] = [];
    let at = node;
    for (; at && !shades.has(at); at = parentOf(at)) line.push(at);
    let shade = (at && shades.get(at)) || light;
    for (let below = line.pop(); below; below = line.pop()) {
      if (isElement(below)) {
        const mark = stricter(shade.mark, rules.own(below));
        shade = shadeIn(shade, below, mark, isMasked(below, mark));
      }
      shades.set(below, shade);
    }
    return shade;
  };

  const blank = (text: string, shade: Shade): string => ((shade.masked || shade.text) && text.trim() ? MASK : text);

  const scrubElement = (node: rr.SerializedElement, above: Shade, mirror: rr.Mirror): Shade => {
    const find = (): Node | null => mirror.getNode(node.id);
    const mark = stricter(above.mark, rules.recorded(node.attributes, find));
    const found = mayBeField(node) ? find() : null;
    const field = isElement(found) ? found : null;
    const masked = isMasked(field, mark);
    const shade = shadeIn(above, field, mark, masked);
    const control = masked ?? (shade.masked && isOption(node.tagName));
    if (control || maskText || shade !== light) {
      const live = find();
      if (isElement(live)) scrubAttributes(node.attributes as rr.Attributes, live, shade, control, true);
    }
    return shade;
  };

  const scrubTree = (node: rr.Serialized, above: Shade, mirror: rr.Mirror, inStyle = false): void => {
    if (node.type === rr.TEXT_NODE) {
      if (!inStyle) node.textContent = blank(node.textContent, above);
      return;
    }
    if (node.type === rr.COMMENT_NODE || node.type === rr.CDATA_NODE) {
      node.textContent = "";
      return;
    }
    if (!("childNodes" in node)) return;
    let shade = above;
    let style = false;
    if (node.type === rr.ELEMENT_NODE) {
      shade = scrubElement(node, above, mirror);
      style = node.tagName === "style";
      if (shade.mark === "exclude") node.childNodes = [];
    }
    for (const child of node.childNodes) scrubTree(child, shade, mirror, style);
  };

  const scrubMutation = (data: rr.MutationData, mirror: rr.Mirror): boolean => {
    data.adds = data.adds.filter(({ node }) => {
      const live = mirror.getNode(node.id);
      const above = live && parentOf(live);
      const shade = shadeOf(above);
      if (shade.mark === "exclude") return false;
      scrubTree(node, shade, mirror, isElement(above) && tagOf(above) === "style");
      return true;
    });
    data.texts = data.texts.filter((text) => {
      const live = mirror.getNode(text.id);
      const shade = shadeOf(live);
      const parent = live && live.parentNode;
      if (text.value && !(isElement(parent) && tagOf(parent) === "style")) text.value = blank(text.value, shade);
      return shade.mark !== "exclude";
    });
    data.attributes = data.attributes.filter(({ id, attributes }) => {
      const live = mirror.getNode(id);
      if (!isElement(live)) return false;
      // What waits was judged without this mark.
      for (const name in attributes) if (mayMark(name) && rules.own(live)) rules.changed();
      const shade = shadeOf(live);
      const control = isMasked(live, shade.mark) ?? (shade.masked && isOption(tagOf(live)));
      scrubAttributes(attributes, live, shade, control, false);
      return shade.mark !== "exclude" && Object.keys(attributes).length > 0;
    });
    return !!(data.adds.length || data.texts.length || data.attributes.length || data.removes.length);
  };

  /** Whether what a visitor does to a node may be told. */
  const watched = (id: number, mirror: rr.Mirror): boolean => {
    const node = mirror.getNode(id);
    const mark = node && rules.of(node);
    return mark !== "ignore" && mark !== "exclude";
  };

  const scrubIncremental = (data: rr.Incremental, mirror: rr.Mirror): boolean => {
    switch (data.source) {
      case rr.MUTATION:
        return scrubMutation(data as unknown as rr.MutationData, mirror);
      case rr.MOVE:
      case rr.TOUCH_MOVE:
      case rr.DRAG:
        data.positions = data.positions!.filter(({ id }) => watched(id, mirror));
        return data.positions.length > 0;
      case rr.INPUT: {
        const field = fieldOf(mirror.getNode(data.id!));
        if (!field || !watched(data.id!, mirror)) return false;
        if (masks.has(field)) {
          data.text = data.text ? MASK : "";
          data.isChecked = false;
        } else if (maskText && isWorded(field)) data.text = MASK;
        return true;
      }
      case rr.SCROLL: {
        // How far a field's text is scrolled tells how long it is.
        const field = fieldOf(mirror.getNode(data.id!));
        return watched(data.id!, mirror) && !(field && masks.has(field));
      }
      case rr.SELECTION:
        // Offsets tell the length of a text that is masked.
        data.ranges = data.ranges!.filter(({ start, end }) =>
          [start, end].every((id) => watched(id, mirror) && !hides(mirror.getNode(id))),
        );
        return data.ranges.length > 0;
      case rr.INTERACTION:
      case rr.MEDIA:
        return watched(data.id!, mirror);
      default:
        return true;
    }
  };

  const hides = (node: Node | null): boolean => isText(node) && (shadeOf(node).masked || maskText);

  return (event, mirror) => {
    if (!MASK_AT_SOURCE) return event;
    shades = new Map();
    if (event.type === rr.SNAPSHOT) scrubTree(event.data.node, light, mirror);
    if (event.type !== rr.INCREMENTAL) return event;
    return scrubIncremental(event.data as unknown as rr.Incremental, mirror) ? event : null;
  };
}
