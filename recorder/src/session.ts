/**
 * What one tab remembers from page to page (sessionStorage), only for `visit: tab`.
 *
 * Never a value: ids, the token, a flag, and the fingerprints of carry.ts.
 */

export interface Session {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
}

const NOTHING: Session = { get: () => null, set: () => {}, remove: () => {} };

export function openSession(win: Window, site: string, visit: "tab" | "page"): Session {
  if (visit !== "tab") return NOTHING;
  const key = (name: string): string => `milchglas:${site}:${name}`;
  // The very getter throws in a sandboxed frame and with cookies blocked; set throws when it is full.
  const guard = <T>(work: (store: Storage) => T): T | null => {
    try {
      return work(win.sessionStorage);
    } catch {
      return null;
    }
  };
  return {
    get: (name) => guard((store) => store.getItem(key(name))),
    set: (name, value) => void guard((store) => store.setItem(key(name), value)),
    remove: (name) => void guard((store) => store.removeItem(key(name))),
  };
}
