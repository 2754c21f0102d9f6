/** Small questions to the DOM that hold across shadow roots, frames and clobbered forms. */

const ELEMENT = 1;
const TEXT = 3;
const DOCUMENT = 9;
const FRAGMENT = 11;

// By number, not by instanceof: a frame's nodes are of another realm. A form has an element there when it has an
// input of that name.
export const isElement = (node: Node | null | undefined): node is Element =>
  node?.nodeType === ELEMENT || typeof node?.nodeType === "object";
export const isText = (node: Node | null | undefined): node is Text => node?.nodeType === TEXT;
export const isDocument = (node: Node | null | undefined): node is Document => node?.nodeType === DOCUMENT;

/** Lower case in XHTML pages, too. */
export const tagOf = (el: Element): string => el.localName.toLowerCase();

/** By attribute: `form.id` is the input named "id" when the form has one. */
export const attr = (el: Element, name: string): string => el.getAttribute(name) || "";

const getter = (prototype: object, name: string): ((node: Node) => unknown) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name)!;
  return (node) => get!.call(node) as unknown;
};

/** Of a form, too, that has an input named "parentNode": going up by that would never end. */
export const parentNodeOf = getter(Node.prototype, "parentNode") as (node: Node) => ParentNode | null;
/** Names of a form's attributes, too, that has an input of such a name. No object is made for each, as by `attributes`. */
export const attributeNamesOf = (el: Element): string[] => Element.prototype.getAttributeNames.call(el);

/** The parent, through shadow roots to their host and through frames of our origin to the frame. */
export function parentOf(node: Node): Node | null {
  if (isDocument(node)) {
    try {
      return node.defaultView ? node.defaultView.frameElement : null;
    } catch {
      return null; // a parent of another origin
    }
  }
  return parentNodeOf(node) || (node.nodeType === FRAGMENT ? (node as ShadowRoot).host || null : null);
}

/** `matches` that answers false to a selector this browser does not know. */
export function matches(el: Element, selector: string): boolean {
  try {
    return el.matches(selector);
  } catch {
    return false;
  }
}

export function validSelector(selector: string): boolean {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}
