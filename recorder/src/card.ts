/** Field cards: a description of a field without its value, by which the proxy classifies it. */
import { attr, isElement, isText, tagOf } from "./dom";
import { isEditable, isField, typeOf } from "./fields";
import type { Mark } from "./marks";
import { positionOf } from "./outline";
import type { Rule, Rules } from "./rules";
import { selectorOf } from "./selector";
import { labelText, legendText, textBefore } from "./wording";

const LONGEST = 120;

export interface Card {
  tag: string;
  type: string;
  name: string;
  id: string;
  autocomplete: string;
  placeholder: string;
  aria_label: string;
  title: string;
  label: string;
  text_before: string;
  legend: string;
  maxlength: string;
  inputmode: string;
  pattern: string;
  form: string;
  selector: string;
  position: number;
  dots: boolean;
  marked: Mark | null;
  rules: Rule[];
}

const cut = (text: string): string => text.replace(/\s+/g, " ").trim().slice(0, LONGEST);

/** The card of a field. `wasPassword`: it showed dots once, whatever its type is now. */
export function describe(field: Element, rules: Rules, wasPassword: boolean): Card {
  // An editor's or a select's own text is its value: only attributes and surroundings are read.
  const readable = (node: Node): boolean => readableFor(node, rules);
  const marked = rules.of(field);
  // What is marked need not be judged, and its own words may be the visitor's.
  const word = (name: string): string => (marked ? "" : cut(attr(field, name)));
  return {
    tag: cut(tagOf(field)),
    type: wasPassword ? "password" : cut(typeOf(field)),
    name: cut(attr(field, "name")),
    id: cut(attr(field, "id")),
    autocomplete: cut(attr(field, "autocomplete")),
    placeholder: word("placeholder"),
    aria_label: word("aria-label"),
    title: word("title"),
    label: cut(labelText(field, readable)),
    text_before: cut(textBefore(field, readable)),
    legend: cut(legendText(field, readable)),
    maxlength: cut(attr(field, "maxlength")),
    inputmode: cut(attr(field, "inputmode")),
    pattern: cut(attr(field, "pattern")),
    form: cut(formName(field)),
    selector: cut(selectorOf(field)),
    position: positionOf(field, formOf(field)),
    dots: dots(field),
    marked,
    rules: rules.matched(field),
  };
}

/** Page text that describes: not a field's own, not a script's, not under a mark. */
function readableFor(node: Node, rules: Rules): boolean {
  if (isText(node)) return true;
  if (!isElement(node)) return true;
  if (/^(script|style|noscript|template|option|datalist)$/.test(tagOf(node)) || isField(node)) return false;
  const mark = rules.own(node);
  return mark !== "mask" && mark !== "exclude";
}

function formOf(field: Element): HTMLFormElement | null {
  return (field as HTMLInputElement).form || field.closest("form");
}

/** The form's id, or its action's path: a query may hold somebody's data. */
function formName(field: Element): string {
  const form = formOf(field);
  if (!form) return "";
  const id = attr(form, "id");
  if (id) return id;
  try {
    return form.hasAttribute("action") ? new URL(attr(form, "action"), field.baseURI).pathname : attr(form, "name");
  } catch {
    return "";
  }
}

/** Whether the field shows dots without being a password input. */
function dots(field: Element): boolean {
  try {
    if (isEditable(field) && !field.isConnected) return false;
    const style = field.ownerDocument.defaultView!.getComputedStyle(field);
    const shown = style.getPropertyValue("-webkit-text-security");
    return !!shown && shown !== "none";
  } catch {
    return false;
  }
}
