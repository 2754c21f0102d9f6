/**
 * What recording costs the page: time on its main thread. rrweb's callbacks are metered, too (patches.mjs), and so
 * is all that we do in them.
 */

let depth = 0;
let spent = 0;

/** Runs `work`, and counts its time; what runs within it is counted once. */
export function metered<T>(work: () => T): T {
  if (depth) return work();
  const begun = performance.now();
  depth = 1;
  try {
    return work();
  } finally {
    depth = 0;
    spent += performance.now() - begun;
  }
}

/** Milliseconds since the page began. */
export const timeSpent = (): number => spent;

/** Of any this many milliseconds, recording may take so many. A first snapshot of a large page takes one of them. */
const WINDOW = 15_000;
const TIME = 3_000;
/** Bytes that may leave one page, as they are sent. */
const BYTES = 20_000_000;

/** Whether recording has become too dear; asked again and again. `sent`: bytes so far. */
export function createBudget(clock: () => number = () => performance.now(), time = timeSpent): (sent: number) => boolean {
  let since = clock();
  let before = time();
  return (sent) => {
    if (sent > BYTES || time() - before > TIME) return true;
    if (clock() - since > WINDOW) {
      since = clock();
      before = time();
    }
    return false;
  };
}
