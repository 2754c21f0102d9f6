/** A page, a mirror over it as rrweb's, and the parts of the recorder under test. */
import { createCarry } from "../src/carry";
import { parse, type Config } from "../src/config";
import { createEcho } from "../src/echo";
import { createGuess } from "../src/guess";
import type { Event, Mirror, Serialized } from "../src/events";
import { createMasks } from "../src/mask";
import { createRules } from "../src/rules";
import { createScrub } from "../src/scrub";
import type { Session } from "../src/session";
import { createWatch } from "../src/watch";

export function configure(changes: object = {}): Config {
  const config = parse(JSON.stringify({ path: "/_m", site: "s", forms: "harmless", consent: { mode: "none" }, ...changes }));
  if (!config) throw new Error("bad test configuration");
  return config;
}

/** A session that a test can look into. */
export function memory(): Session & { stored: Map<string, string> } {
  const stored = new Map<string, string>();
  return {
    stored,
    get: (name) => stored.get(name) ?? null,
    set: (name, value) => void stored.set(name, value),
    remove: (name) => void stored.delete(name),
  };
}

export function body(html: string): HTMLElement {
  document.body.innerHTML = html;
  return document.body;
}

export const $ = <T extends Element = HTMLInputElement>(selector: string): T => document.querySelector(selector) as T;

export function createMirror(): Mirror & { serialize(node: Node): Serialized } {
  const nodes: Node[] = [];
  const idOf = (node: Node): number => {
    if (!nodes.includes(node)) nodes.push(node);
    return nodes.indexOf(node) + 1;
  };
  const serialize = (node: Node): Serialized => {
    const id = idOf(node);
    if (node.nodeType === 3) return { type: 3, id, textContent: (node as Text).data } as Serialized;
    if (node.nodeType === 8) return { type: 5, id, textContent: (node as Comment).data } as Serialized;
    if (node.nodeType === 9) return { type: 0, id, childNodes: children(node) } as unknown as Serialized;
    const el = node as HTMLInputElement;
    const attributes: Record<string, unknown> = {};
    for (const { name, value } of Array.from(el.attributes)) attributes[name] = value;
    if (/^(input|select|textarea)$/.test(el.localName) && el.value) attributes.value = el.value;
    if (el.checked) attributes.checked = true;
    if (el.localName === "option" && (node as HTMLOptionElement).selected) attributes.selected = true;
    const inner = el.localName === "textarea" && attributes.value ? [] : children(node);
    return { type: 2, id, tagName: el.localName, attributes, childNodes: inner } as unknown as Serialized;
  };
  const children = (node: Node): Serialized[] => {
    const shadow = (node as Element).shadowRoot;
    return [...Array.from(node.childNodes), ...(shadow ? Array.from(shadow.childNodes) : [])].map(serialize);
  };
  return { serialize, getId: (node) => nodes.indexOf(node) + 1 || -1, getNode: (id) => nodes[id - 1] || null };
}

export function recorderParts(changes: object = {}, session: Session = memory()) {
  const config = configure(changes);
  const mirror = createMirror();
  const rules = createRules(config);
  const masks = createMasks(config, rules);
  const echo = createEcho();
  const carry = createCarry(session);
  const guess = createGuess(masks, echo);
  const told: Element[] = [];
  const watch = createWatch(masks, echo, carry, guess, (field) => told.push(field));
  const scrub = createScrub(masks, rules, config.maskText);
  return { config, mirror, rules, masks, echo, carry, guess, told, watch, scrub };
}

export function snapshotOf(mirror: ReturnType<typeof createMirror>): Event {
  const data = { node: mirror.serialize(document.body), initialOffset: { top: 0, left: 0 } };
  return { type: 2, data, timestamp: 1 } as unknown as Event;
}

export const incremental = (data: object): Event => ({ type: 3, data, timestamp: 2 }) as unknown as Event;

export const mutation = (changes: object): Event =>
  incremental({ source: 0, texts: [], attributes: [], removes: [], adds: [], ...changes });
