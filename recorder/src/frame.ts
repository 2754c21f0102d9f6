/**
 * Whether the parent's recorder already records this window.
 *
 * rrweb reaches into the <iframe>s of its own origin, and only into those: a <frame> of a frameset,
 * and a frame under a parent of another origin, must record on their own.
 */
export function recordedByParent(win: Window): boolean {
  try {
    // null at the top, under another origin and in an opaque origin
    return win.frameElement?.localName === "iframe";
  } catch {
    return false;
  }
}

/** A sandboxed frame without an origin may not post to the proxy: it would only make noise. */
export const hasOrigin = (win: Window & { origin?: string }): boolean => win.origin !== "null";
