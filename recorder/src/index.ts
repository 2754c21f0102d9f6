/**
 * The recorder: loaded by the snippet, sends what a visitor does on this page to the proxy that put
 * the snippet in. Whatever goes wrong, the page must not notice.
 */
import { read } from "./config";
import { allowed } from "./consent";
import { hasOrigin, recordedByParent } from "./frame";
import { run } from "./recorder";
import { openSession } from "./session";
import { refusedBefore } from "./start";

/** What rrweb and we need; without it nothing is recorded. */
function capable(win: Window & typeof globalThis): boolean {
  return ["fetch", "MutationObserver", "WeakMap", "Proxy", "TextEncoder", "AbortController", "crypto", "CSS"].every((name) => name in win);
}

try {
  // Turbo and its like run the same script again in the same window.
  if (!window.milchglas && capable(window) && hasOrigin(window)) {
    const config = read(document);
    if (config && allowed(config.consent, navigator) && !recordedByParent(window)) {
      const session = openSession(window, config.site, config.visit);
      if (!refusedBefore(session)) run(window, config, session);
    }
  }
} catch {
  // never into the page
}
