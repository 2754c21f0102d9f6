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

/**
 * Who of a tab's windows asks the visitor: the top one, or of a frameset the largest frame. The others wait for the
 * answer. A frame under a page of another origin is alone: nobody may ask in somebody else's name.
 */
export function roleOf(win: Window): "asks" | "waits" | "alone" {
  try {
    const frameset = win.document.body?.localName === "frameset";
    if (win === win.top) return frameset ? "waits" : "asks";
    if (win.frameElement!.localName !== "frame" || roleOf(win.parent) === "alone") return "alone";
    return frameset || !isLargest(win) ? "waits" : "asks";
  } catch {
    return "alone"; // under a page of another origin
  }
}

function isLargest(win: Window): boolean {
  if (win === win.top) return true;
  const area = ({ clientWidth, clientHeight }: Element): number => clientWidth * clientHeight;
  const frames = Array.from(win.parent.document.querySelectorAll("frame"));
  const largest = frames.reduce((one, other) => (area(other) > area(one) ? other : one));
  return largest === win.frameElement && isLargest(win.parent);
}
