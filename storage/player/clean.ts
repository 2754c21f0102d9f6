// Takes out of recorded events whatever could act or fetch, before rrweb sees them.
// The replay frame has no scripts and the page's policy no network; this is the third wall, not the only one
// (S1, S4, S5 of reference/delivery.md). Unknown shapes pass: rrweb ignores them.

import { type Attributes, NodeType, type RecordedEvent, type SerializedNode, Source, Type } from "./events";

// Elements that act by themselves: replaced by an empty <noscript>, so that node ids and order stay.
const ACTING = new Set(["script", "base", "object", "embed", "applet", "portal", "fencedframe", "animate", "animatemotion", "animatetransform", "set", "handler", "listener"]);
// Attributes whose value is fetched or navigated to.
const ADDRESSES = new Set(["src", "href", "xlink:href", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "background", "manifest", "ping", "longdesc", "cite", "codebase", "classid", "archive", "profile", "usemap", "rr_src"]);
// A link that a visitor followed stays readable in the inspector; these elements never load what they name.
const NOT_LOADED = new Set(["a", "area"]);
// A picture or font in the recording itself; SVG too, for as an image it runs no script.
const INLINE = /^\s*data:(image|font|application\/(x-)?font|audio|video)[/\-+.\w]*[;,]/i;
const FOLLOWED = /^\s*(https?:|mailto:|tel:|#|\/|\?|\.)/i;

/** Makes `event` harmless, in place. False: leave it out altogether. */
export function clean(event: RecordedEvent): boolean {
  if (typeof event !== "object" || event === null || typeof event.data !== "object" || event.data === null) {
    return typeof event?.type === "number";
  }
  const data = event.data;
  if (event.type === Type.FullSnapshot) {
    return cleanNode(data.node);
  }
  if (event.type !== Type.IncrementalSnapshot) {
    return true;
  }
  if (data.source === Source.CanvasMutation) {
    return false;
  }
  if (data.source === Source.Mutation) {
    data.adds = list(data.adds).filter((add) => cleanNode(add?.node));
    for (const change of list(data.attributes)) {
      // The element's tag is not told here: the strictest reading of each attribute.
      if (change?.attributes) {
        cleanAttributes("", change.attributes);
      }
    }
  }
  return true;
}

function list(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

function cleanNode(root: SerializedNode | undefined): boolean {
  if (typeof root !== "object" || root === null) {
    return false;
  }
  // A loop, not recursion: a hostile page nests ten thousand elements.
  const rest: SerializedNode[] = [root];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === NodeType.Element) {
      cleanElement(node);
    }
    for (const child of list(node.childNodes)) {
      if (typeof child === "object" && child !== null) {
        rest.push(child);
      }
    }
  }
  return true;
}

function cleanElement(node: SerializedNode): void {
  const tag = String(node.tagName ?? "").toLowerCase().replace(/^.*:/, "");
  node.attributes = typeof node.attributes === "object" && node.attributes !== null ? node.attributes : {};
  if (ACTING.has(tag) || (tag === "meta" && "http-equiv" in lowered(node.attributes))) {
    node.tagName = "noscript";
    node.attributes = {};
    node.childNodes = [];
    return;
  }
  cleanAttributes(tag, node.attributes);
}

function lowered(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
}

function cleanAttributes(tag: string, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const plain = name.toLowerCase();
    if (plain.startsWith("on") || plain === "srcdoc" || plain === "http-equiv" || plain === "csp" || plain === "sandbox" || plain === "is") {
      delete attributes[name];
    } else if (ADDRESSES.has(plain) && typeof value === "string" && !allowed(tag, plain, value)) {
      delete attributes[name];
    }
  }
}

function allowed(tag: string, name: string, value: string): boolean {
  if (name === "href" && NOT_LOADED.has(tag)) {
    return FOLLOWED.test(value);
  }
  // Inside an SVG: a gradient or symbol of the same page.
  return value.startsWith("#") || (tag !== "iframe" && tag !== "frame" && INLINE.test(value));
}
