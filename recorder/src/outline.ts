/**
 * What a root (document, shadow root) or form looks like at the moment: labels by the id they are for,
 * how often a name occurs, the order of a form's fields.
 *
 * Each is made at one go and kept while one event is gone through: `labels` and `getElementsByName` of the DOM
 * search the whole page for each single field, and thousands of fields would freeze it.
 */
import { attr } from "./dom";
import { isField } from "./fields";

interface Outline {
  labels: Map<string, Element[]>;
  names: Map<string, number>;
}

let outlines = new WeakMap<Node, Outline>();
let numbers = new WeakMap<Node, Map<Element, number>>();

/** After each event: the page goes on changing. */
export function forgetOutlines(): void {
  outlines = new WeakMap();
  numbers = new WeakMap();
}

function outlineOf(root: Node): Outline {
  let outline = outlines.get(root);
  if (outline) return outline;
  outline = { labels: new Map(), names: new Map() };
  for (const el of Array.from((root as ParentNode).querySelectorAll?.("[name],label[for]") || [])) {
    const name = attr(el, "name");
    if (name) outline.names.set(name, (outline.names.get(name) || 0) + 1);
    const id = el.localName === "label" && attr(el, "for");
    if (id) outline.labels.set(id, [...(outline.labels.get(id) || []), el]);
  }
  outlines.set(root, outline);
  return outline;
}

/** The labels of a field, by ancestor and by `for`, in that order. */
export function labelsOf(field: Element): Element[] {
  const around = field.closest("label");
  const id = attr(field, "id");
  const pointing = (id && outlineOf(field.getRootNode()).labels.get(id)) || [];
  return around && !pointing.includes(around) ? [around, ...pointing] : pointing;
}

/** Whether no other element of its root has a field's name. */
export function isOnlyOne(field: Element, name: string): boolean {
  return (outlineOf(field.getRootNode()).names.get(name) || 0) < 2;
}

/** The number of a field among those of its form, or of its root when it has none; from 0. */
export function positionOf(field: Element, form: Element | null): number {
  const home: Node = form || field.getRootNode();
  let order = numbers.get(home);
  if (!order) {
    order = new Map();
    const own = form && (form as HTMLFormElement).elements;
    // `elements` may be an input of that name
    const all = own && typeof own.length === "number" ? own : (home as ParentNode).querySelectorAll?.("input,select,textarea");
    for (const el of Array.from(all || [])) if (isField(el)) order.set(el, order.size);
    numbers.set(home, order);
    }
  return order.get(field) || 0;
}
