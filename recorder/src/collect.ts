/** Finds the fields that an event names by id: the element itself, its options, its texts. */
import { isDocument, isElement, tagOf } from "./dom";
import {
  DOCUMENT_NODE,
  ELEMENT_NODE,
  type Event,
  INCREMENTAL,
  type Mirror,
  MUTATION,
  type MutationData,
  type Serialized,
  SNAPSHOT,
} from "./events";
import { fieldOf, isField, mayBeField } from "./fields";

export interface Finder {
  /** `id` names `node`, which is `field` or a part of it. */
  field(id: number, node: Node, field: Element): void;
  /** A document or shadow root whose nodes are recorded. */
  root(root: Document | ShadowRoot): void;
}

/** Calls `finder` for all that `event` names; a node that left the mirror is not found any more. */
export function collect(event: Event, mirror: Mirror, finder: Finder): void {
  if (event.type === SNAPSHOT) tree(event.data.node, null, mirror, finder);
  if (event.type !== INCREMENTAL) return;
  const memo = new Map<Node, Element | null>();
  const name = (id: unknown): void => {
    const node = typeof id === "number" ? mirror.getNode(id) : null;
    const field = fieldOf(node, memo);
    if (field) finder.field(id as number, node!, field);
  };
  if (event.data.source === MUTATION) {
    const data = event.data as unknown as MutationData;
    for (const { id } of [...data.texts, ...data.attributes]) name(id);
    for (const { parentId, node } of data.adds) {
      name(parentId);
      tree(node, fieldOf(mirror.getNode(node.id), memo), mirror, finder);
    }
    return;
  }
  const data = event.data as { id?: number; positions?: { id: number }[]; ranges?: { start: number; end: number }[] };
  name(data.id);
  for (const { id } of data.positions || []) name(id);
  for (const { start, end } of data.ranges || []) [start, end].forEach(name);
}

function tree(serialized: Serialized, above: Element | null, mirror: Mirror, finder: Finder): void {
  let field = above;
  let below = above;
  if (serialized.type === DOCUMENT_NODE) {
    const node = mirror.getNode(serialized.id);
    if (isDocument(node)) finder.root(node);
  } else if (serialized.type === ELEMENT_NODE) {
    const node = serialized.isShadowHost || mayBeField(serialized) ? mirror.getNode(serialized.id) : null;
    if (isElement(node)) {
      if (isField(node)) field = node;
      else if (tagOf(node) === "datalist") field = fieldOf(node);
      if (node.shadowRoot) finder.root(node.shadowRoot);
    }
    // A select stands above its options in the tree: hundreds of cards would say the same.
    below = field === node && serialized.tagName === "select" ? null : field;
  }
  const named = field && mirror.getNode(serialized.id);
  if (named) finder.field(serialized.id, named, field!);
  for (const child of "childNodes" in serialized ? serialized.childNodes : []) tree(child, below, mirror, finder);
}
