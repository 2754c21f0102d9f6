/** One POST to the proxy: never throws, never follows a redirect, sends no cookie. */

export interface Answer {
  /** 0: the proxy was not reached. */
  status: number;
  json: Record<string, unknown>;
  /** Milliseconds, 0 when the proxy said nothing. */
  retryAfter: number;
}

export interface Post {
  /** `urgent`: the page may be gone in a moment, so the body goes plain, at once, and outlives the page. */
  (url: string, body: string, urgent?: boolean): Promise<Answer>;
  /** How many bytes may still be sent urgently: browsers allow 64 KiB under way at a time. */
  room(): number;
  /** Bytes sent so far. */
  sent(): number;
}

const ROOM = 64_000;
/** Small enough to outlive the page without taking the room from what is still to be sent. */
const SMALL = 24_000;
/** Below it, compressing gains nothing. */
const WORTHWHILE = 1_000;
const TIMEOUT = 30_000;

export function createPost(win: Window): Post {
  // The page may wrap fetch later on: its own counters have no business here.
  const fetch = win.fetch.bind(win);
  let underWay = 0;
  let sent = 0;

  const send = async (url: string, body: BodyInit, size: number, gzip: boolean, keepalive: boolean): Promise<Response> => {
    const headers: Record<string, string> = { "Content-Type": "application/json" };
    if (gzip) headers["Content-Encoding"] = "gzip";
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT);
    sent += size;
    if (keepalive) underWay += size;
    try {
      return await fetch(url, {
        method: "POST",
        body,
        headers,
        keepalive,
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
        referrerPolicy: "no-referrer",
        signal: abort.signal,
      });
    } finally {
      clearTimeout(timer);
      if (keepalive) underWay -= size;
    }
  };

  const post = async (url: string, text: string, urgent = false): Promise<Answer> => {
    try {
      // Compressing takes more time than a page has that is being left, and does nothing for a few words.
      const packed = urgent || text.length < WORTHWHILE ? null : await gzip(text);
      const body = packed || text;
      const size = packed ? packed.byteLength : new Blob([text]).size;
      const keepalive = size <= (urgent ? post.room() : Math.min(SMALL, post.room()));
      let response: Response;
      try {
        response = await send(url, body, size, !!packed, keepalive);
      } catch (error) {
        if (!keepalive || urgent) throw error;
        // The page itself may have used up the room.
        response = await send(url, body, size, !!packed, false);
      }
      return { status: response.status, json: await jsonOf(response), retryAfter: retryAfter(response) };
    } catch {
      return { status: 0, json: {}, retryAfter: 0 };
    }
  };
  post.sent = () => sent;
  post.room = () => Math.max(0, ROOM - underWay);
  return post;
}

async function gzip(text: string): Promise<ArrayBuffer | null> {
  if (typeof CompressionStream !== "function") return null;
  try {
    return await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  } catch {
    return null;
  }
}

async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  try {
    return ((await response.json()) as Record<string, unknown>) || {};
  } catch {
    return {};
  }
}

/** `Retry-After` in milliseconds: seconds or a date. */
export function retryAfter(response: Response): number {
  const header = response.headers.get("Retry-After");
  if (!header) return 0;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return wait > 0 ? wait : 0;
}
