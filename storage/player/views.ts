// Puts the views of a recording behind each other, so that one player shows them all.

import { type RecordedEvent, Type } from "./events";

export interface View {
  id: string;
  page: string;
  started: number;
}

/** Where a view begins in the player, in milliseconds; null with the reason when it cannot be shown. */
export interface Placed {
  id: string;
  offset: number | null;
  why: string;
}

// Long enough to see that one view ended and another, which ran beside it, begins.
const GAP = 800;
const SIZE = { width: 1280, height: 800 };

/**
 * The events to play and the place of each view in them.
 * rrweb's node ids hold within a view only, so a view starts at its first full snapshot; views that overlap in
 * time (two tabs of one visit) are played one after the other.
 */
export function lineUp(views: { id: string; events: RecordedEvent[] }[]): { events: RecordedEvent[]; placed: Placed[] } {
  const events: RecordedEvent[] = [];
  const placed: Placed[] = [];
  for (const view of views) {
    const first = view.events.findIndex((event) => event.type === Type.FullSnapshot);
    if (first < 0) {
      placed.push({ id: view.id, offset: null, why: "no full snapshot arrived" });
      continue;
    }
    const snapshot = view.events[first]!;
    const sizes = view.events.slice(0, first).filter((event) => event.type === Type.Meta);
    const meta = sizes.at(-1) ?? { type: Type.Meta, timestamp: snapshot.timestamp, data: { href: "", ...SIZE } };
    const shown = [{ ...meta, timestamp: snapshot.timestamp }, ...view.events.slice(first)];
    const last = events.at(-1)?.timestamp;
    const shift = last === undefined || snapshot.timestamp > last ? 0 : last + GAP - snapshot.timestamp;
    for (const event of shown) {
      event.timestamp += shift;
    }
    // Within the view the recorder's clock may have been set back: rrweb sorts by time, and order matters more.
    for (let at = 1; at < shown.length; at += 1) {
      shown[at]!.timestamp = Math.max(shown[at]!.timestamp, shown[at - 1]!.timestamp);
    }
    placed.push({ id: view.id, offset: snapshot.timestamp, why: "" });
    events.push(...shown);
  }
  const start = events[0]?.timestamp ?? 0;
  for (const place of placed) {
    place.offset = place.offset === null ? null : place.offset - start;
  }
  return { events, placed };
}
