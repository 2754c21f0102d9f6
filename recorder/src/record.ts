/** rrweb, with what of it is wanted, and nothing of it thrown into the page. */
import { record } from "@rrweb/record";
import type { Event, Mirror } from "./events";
import { MASK } from "./mask";

/** A class that no page has: rrweb's own marks are ours to honour, as all others (patches.mjs, scrub.ts). */
const NEVER = "milchglas-never";
const CHECKOUT = 5 * 60_000;

export const mirror = record.mirror as Mirror;

export interface Recording {
  snapshot(): void;
  stop(): void;
}

/** Starts at once, or at DOMContentLoaded. Null when rrweb cannot. */
export function startRecording(emit: (event: Event) => void): Recording | null {
  const stop = record({
    emit: (event) => emit(event as Event),
    errorHandler: (error: unknown) => !isOfThePage(error),
    ignoreClass: NEVER,
    maskInputOptions: { password: MASK_AT_SOURCE },
    maskInputFn: (text) => (text ? MASK : ""),
    recordAfter: "DOMContentLoaded",
    checkoutEveryNms: CHECKOUT,
    inlineStylesheet: true,
    // What a replay can do without is left out, patches.mjs says what.
    // "last": one event per finished input, for the rhythm of typing tells, too.
    sampling: { mousemove: 50, scroll: 150, media: 800, input: "last" },
  });
  if (!stop) return null;
  return { snapshot: () => record.takeFullSnapshot(true), stop };
}

/**
 * rrweb wraps insertRule and its like: what the page's own call throws there belongs to the page.
 * rrweb's own faults are swallowed.
 */
function isOfThePage(error: unknown): boolean {
  if (Object.prototype.toString.call(error) !== "[object DOMException]") return false;
  const { name, message } = error as DOMException;
  return name !== "SecurityError" && !message.includes("'matches'");
}
