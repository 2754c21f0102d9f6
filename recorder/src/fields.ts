/** Fields: form controls and editable elements; which field a node belongs to, and what it holds now. */
import { attr, isElement, parentNodeOf, tagOf } from "./dom";

const BUTTONS = /^(submit|button|reset|image)$/;
// What these hold is not typed text: it would only make noise among the echoes.
const NOT_TEXT = /^(checkbox|radio|file|color|range|submit|button|reset|image)$/;

/** `type` of an input in lower case, "" for all else. */
export function typeOf(el: Element): string {
  return tagOf(el) === "input" ? String((el as HTMLInputElement).type || "text").toLowerCase() : "";
}

/** An editing host, or the body of a document in design mode. */
export function isEditable(el: Element): boolean {
  const value = el.getAttribute("contenteditable");
  if (value !== null) return value.toLowerCase() !== "false";
  return tagOf(el) === "body" && el.ownerDocument.designMode === "on";
}

/** A custom element that holds a value itself. */
export function isCustomField(el: Element): boolean {
  return (
    tagOf(el).includes("-") &&
    (el.hasAttribute("value") || !!(el.constructor as { formAssociated?: boolean }).formAssociated)
  );
}

export function isField(el: Element): boolean {
  return /^(input|textarea|select)$/.test(tagOf(el)) || isEditable(el) || isCustomField(el);
}

const MAYBE = new Set(["input", "textarea", "select", "datalist", "body"]);

/** Whether the live element need be asked, by what was recorded of it: for most the answer is no. */
export const mayBeField = ({ tagName, attributes }: { tagName: string; attributes: object }): boolean =>
  MAYBE.has(tagName) || "contenteditable" in attributes || "value" in attributes || tagName.includes("-");

/** A control whose value is its label. */
export const isButton = (el: Element): boolean => BUTTONS.test(typeOf(el));

export const isOption = (tag: string): boolean => /^(option|optgroup)$/.test(tag);

/** Its value is words of the page: a button's label, an option that has no value of its own. */
export const isWorded = (el: Element): boolean => isButton(el) || isOption(tagOf(el)) || tagOf(el) === "select";

/**
 * The field that a node is, or is a part of: an option, a text in a textarea or in an editor.
 * `memo` remembers the answers for many nodes of a page that stays as it is.
 */
export function fieldOf(node: Node | null, memo?: Map<Node, Element | null>): Element | null {
  const line: Node[] = [];
  let found: Element | null = null;
  for (let at = node; at; at = parentNodeOf(at)) {
    if (memo?.has(at)) {
      found = memo.get(at)!;
      break;
    }
    line.push(at);
    if (!isElement(at)) continue;
    if (isField(at)) {
      found = at;
      break;
    }
    if (tagOf(at) === "datalist") {
      found = listed(at);
      break;
    }
  }
  if (memo) for (const at of line) memo.set(at, found);
  return found;
}

/** The first input that offers a datalist's options. */
function listed(datalist: Element): Element | null {
  const id = attr(datalist, "id");
  const root = datalist.getRootNode() as ParentNode;
  for (const input of Array.from(root.querySelectorAll?.("input[list]") || []))
    if (attr(input, "list") === id) return input;
  return null;
}

/** The text somebody may have typed into a field; "" where a value is a choice or a label. */
export function textOf(field: Element): string {
  const tag = tagOf(field);
  if (tag === "select" || (tag === "input" && NOT_TEXT.test(typeOf(field)))) return "";
  if (isEditable(field)) return field.textContent || "";
  const value = (field as HTMLInputElement).value;
  return typeof value === "string" ? value : attr(field, "value");
}

/** Two digits, or three characters: a value too short to be looked for inside a text. */
export const isTiny = (text: string): boolean => /^(\d{2,3}|\S{3})$/.test(text);

/** What somebody chose, and how the page calls it: options, a ticked box, files. Not what the page had chosen itself. */
export function choicesOf(field: Element): string[] {
  const { files, checked, defaultChecked, value } = field as HTMLInputElement;
  if (tagOf(field) === "select") {
    const options = Array.from((field as HTMLSelectElement).options || []);
    const preset = options.some((option) => option.defaultSelected);
    return options
      .filter((option, index) => option.selected && !option.defaultSelected && (preset || index > 0))
      .flatMap((option) => [option.value, option.text]);
  }
  if (/^(checkbox|radio)$/.test(typeOf(field))) return checked && !defaultChecked ? [value] : [];
  if (typeOf(field) !== "file") return [];
  return Array.from(files || []).flatMap(({ name }) => [name, name.replace(/\.\w+$/, "")]);
}
