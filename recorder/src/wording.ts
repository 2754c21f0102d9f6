/** The words around a field: its labels, the text before it, its legend. Never a field's own text. */
import { attr, isElement, isText, parentNodeOf, tagOf } from "./dom";
import { isField } from "./fields";
import { labelsOf } from "./outline";

/** Whether a node's text may be read; false hides it and all below it. */
export type Readable = (node: Node) => boolean;

const ENOUGH = 160;
const STEPS = 80;
const BLOCK = /^(td|th|tr|li|p|div|dt|dd|label|h[1-6]|legend|fieldset|form|body|section|table)$/;

/** The readable text of a node, as far as it is enough for a card. */
export function textIn(node: Node, readable: Readable): string {
  if (!readable(node)) return "";
  if (isText(node)) return node.data;
  let text = "";
  for (let child = node.firstChild; child && text.length < ENOUGH; child = child.nextSibling)
    text += isElement(child) ? ` ${textIn(child, readable)} ` : textIn(child, readable);
  return text;
}

/** Labels by ancestor and by `for`, then what `aria-labelledby` names. */
export function labelText(field: Element, readable: Readable): string {
  const found: Element[] = [...labelsOf(field)];
  const root = field.getRootNode() as Document | ShadowRoot;
  for (const id of attr(field, "aria-labelledby").split(/\s+/)) {
    const named = id && root.getElementById ? root.getElementById(id) : null;
    if (named) found.push(named);
  }
  return found.map((node) => textIn(node, readable)).join(" ");
}

/** The legend of the nearest fieldset. */
export function legendText(field: Element, readable: Readable): string {
  const legend = field.closest("fieldset")?.querySelector("legend");
  return legend ? textIn(legend, readable) : "";
}

/**
 * The text before a field, up to the field before it: of its own cell or line, else of the cell
 * before or the cell above, for legacy forms are tables.
 */
export function textBefore(field: Element, readable: Readable): string {
  const cell = field.closest("td");
  const beside = backwards(field, cell ? cell.parentElement : null, readable);
  return beside.trim() || !cell ? beside : above(cell, readable) || backwards(field, null, readable);
}

/** Reads backwards in document order, within `limit`, until one block's text is complete. */
function backwards(field: Element, limit: Node | null, readable: Readable): string {
  const parts: string[] = [];
  let length = 0;
  let block: Node | null = null;
  let at: Node | null = field;
  for (let step = 0; step < STEPS && length < ENOUGH; step++) {
    at = previous(at!, readable);
    if (!at || at === limit) break;
    if (isElement(at) && (isField(at) || tagOf(at) === "button")) break;
    if (block && !block.contains(at)) break;
    if (!isText(at) || !at.data.trim()) continue;
    parts.unshift(at.data);
    length += at.data.length;
    block = block || blockOf(at);
  }
  return parts.join(" ");
}

function blockOf(node: Node): Node | null {
  let at: Node | null = parentNodeOf(node);
  while (at && !(isElement(at) && BLOCK.test(tagOf(at)))) at = parentNodeOf(at);
  return at;
}

/** One step back in document order, over what may not be read; ancestors are passed on the way up. */
function previous(node: Node, readable: Readable): Node | null {
  let at = node.previousSibling;
  while (at && isElement(at) && !isField(at) && !readable(at)) at = at.previousSibling;
  if (!at) return parentNodeOf(node);
  while (at.lastChild && !(isElement(at) && (isField(at) || !readable(at)))) at = at.lastChild;
  return at;
}

/** The text of the cell above, when the row above holds words and no fields. */
function above(cell: Element, readable: Readable): string {
  const row = cell.parentElement;
  const words = row?.previousElementSibling?.children[Array.from(row.children).indexOf(cell)];
  return words && !words.querySelector("input,select,textarea") ? textIn(words, readable) : "";
}
