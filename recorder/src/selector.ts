/** A short CSS selector that finds one element again within its document or shadow root. */
import { attr, tagOf } from "./dom";
import { isOnlyOne } from "./outline";

const DEEPEST = 5;

export function selectorOf(el: Element): string {
  const root = el.getRootNode() as Document | ShadowRoot;
  const parts: string[] = [];
  for (let at: Element | null = el; at && parts.length < DEEPEST; at = at.parentElement) {
    const id = attr(at, "id");
    // Generated ids (digits in a row) differ from page load to page load.
    if (id && !/\d{4,}/.test(id) && root.getElementById?.(id) === at) {
      parts.unshift(`#${CSS.escape(id)}`);
      break;
    }
    const name = attr(at, "name");
    if (at === el && name && isOnlyOne(at, name)) return `${tagOf(at)}[name="${CSS.escape(name)}"]`;
    parts.unshift(`${tagOf(at)}${nth(at)}`);
  }
  return parts.join(" > ");
}

function nth(el: Element): string {
  let number = 1;
  let others = false;
  for (let at = el.previousElementSibling; at; at = at.previousElementSibling) if (at.localName === el.localName) number++;
  for (let at = el.nextElementSibling; at && !others; at = at.nextElementSibling) others = at.localName === el.localName;
  return number > 1 || others ? `:nth-of-type(${number})` : "";
}
