/** The parts of rrweb's events that we touch, by rrweb's own numbers. */
import type { eventWithTime, serializedNodeWithId } from "@rrweb/types";

export type Event = eventWithTime;
export type Serialized = serializedNodeWithId;
export type SerializedElement = Extract<Serialized, { tagName: string }>;
export type Attributes = Record<string, unknown>;

export const SNAPSHOT = 2;
export const INCREMENTAL = 3;
export const META = 4;

/** Sources of incremental events. */
export const MUTATION = 0;
export const MOVE = 1;
export const INTERACTION = 2;
export const SCROLL = 3;
export const RESIZE = 4;
export const INPUT = 5;
export const TOUCH_MOVE = 6;
export const MEDIA = 7;
export const DRAG = 12;
export const SELECTION = 14;

/** Types of serialized nodes. */
export const DOCUMENT_NODE = 0;
export const ELEMENT_NODE = 2;
export const TEXT_NODE = 3;
export const CDATA_NODE = 4;
export const COMMENT_NODE = 5;

/** Node by id and back: rrweb's mirror, or it with what we remember of removed nodes. */
export interface Mirror {
  getId(node: Node): number;
  getNode(id: number): Node | null;
}

export interface MutationData {
  source: 0;
  texts: { id: number; value: string | null }[];
  attributes: { id: number; attributes: Attributes }[];
  removes: { id: number; parentId: number }[];
  adds: { parentId: number; nextId: number | null; node: Serialized }[];
}

/** Any incremental event's data: which keys there are depends on the source. */
export interface Incremental {
  source: number;
  id?: number;
  text?: string;
  isChecked?: boolean;
  positions?: { id: number }[];
  ranges?: { start: number; end: number }[];
}
