// The parts of rrweb's event format that this folder reads or changes (@rrweb/types 2.1.6).

export const Type = { FullSnapshot: 2, IncrementalSnapshot: 3, Meta: 4 } as const;
export const Source = { Mutation: 0, Input: 5, CanvasMutation: 9 } as const;
export const NodeType = { Document: 0, Element: 2, Text: 3 } as const;

export type Attributes = Record<string, unknown>;

export interface SerializedNode {
  type: number;
  id: number;
  tagName?: string;
  attributes?: Attributes;
  childNodes?: SerializedNode[];
  textContent?: string;
}

export interface RecordedEvent {
  type: number;
  timestamp: number;
  // biome-ignore lint: what a stranger's browser sent
  data?: any;
}
