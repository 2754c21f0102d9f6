// What was removed shows as a small frosted block. The recording holds the same fixed mask everywhere.
// In text the mask is painted over by the CSS Custom Highlight API, which changes no node: rrweb goes on
// finding its nodes where it left them. Where a browser lacks it, the dots stay, which says the same.

export const MASK = "••••••";
const HIGHLIGHT = "milchglas";
const MARK = "data-milchglas-frosted";
const EVERY_MS = 50;
const FIELD = "field that is marked, or may hold anything";

/** A field that nobody marked, and what to say of it. */
export interface Finding {
  selector: string;
  told: string;
}

/** CSS for rrweb's `insertStyleRules`. */
export const RULES = [
  `::highlight(${HIGHLIGHT}) { color: transparent; background-color: #cfdbe6; text-shadow: none; text-decoration: none; }`,
  `[${MARK}] { color: transparent !important; text-shadow: none !important; -webkit-text-fill-color: transparent !important;
    background-image: linear-gradient(115deg, #c6d4e1, #e6edf3 45%, #bccbda) !important; background-repeat: no-repeat !important;
    background-size: 4.5em 1.05em !important; background-position: 0.5em center !important; }`,
];

/** Frosts what `frame` shows. Returns `refresh`, to be called after every event. */
export function frost(frame: HTMLIFrameElement): () => void {
  let waiting = false;
  const scan = () => {
    waiting = false;
    const ranges: Range[] = [];
    if (frame.contentDocument) {
      collect(frame.contentDocument, ranges);
    }
    paint(frame.contentWindow as (Window & typeof globalThis) | null, ranges);
  };
  return () => {
    if (!waiting) {
      waiting = true;
      setTimeout(scan, EVERY_MS);
    }
  };
}

function collect(document: Document, ranges: Range[]): void {
  const walker = document.createTreeWalker(document.documentElement ?? document, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    for (let at = text.indexOf(MASK); at >= 0; at = text.indexOf(MASK, at + MASK.length)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + MASK.length);
      ranges.push(range);
    }
  }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
    field.toggleAttribute(MARK, field.value.includes(MASK));
  }
}

function paint(window: (Window & typeof globalThis) | null, ranges: Range[]): void {
  if (!window?.CSS?.highlights) {
    return;
  }
  window.CSS.highlights.set(HIGHLIGHT, new window.Highlight(...ranges));
}

/**
 * The tip for the place `x`, `y` of the frame's own viewport; empty where nothing was removed. The recording does not
 * hold which rule made a mask: of a field its finding tells, of text what removed any text of this recording.
 */
export function tipAt(document: Document, x: number, y: number, findings: Finding[], text: string): string {
  const element = document.elementFromPoint(x, y);
  if (!element || !(element.hasAttribute(MARK) || masked(element, x, y))) {
    return "";
  }
  const finding = findings.find((candidate) => fits(element, candidate.selector));
  const told = finding?.told ?? (element.hasAttribute(MARK) ? FIELD : text);
  return told ? `Removed before storage: ${told}` : "Removed before storage";
}

function masked(element: Element, x: number, y: number): boolean {
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE && node.nodeValue?.includes(MASK)) {
      const range = element.ownerDocument.createRange();
      range.selectNodeContents(node);
      if ([...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)) {
        return true;
      }
    }
  }
  return false;
}

function fits(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}
