/**
 * The recorder: loaded by the snippet, sends what a visitor does on this page to the proxy that put
 * the snippet in. Whatever goes wrong, the page must not notice.
 */
import { install } from "./api";
import { type Config, read } from "./config";
import { allowed, createConsent } from "./consent";
import { hasOrigin, recordedByParent } from "./frame";
import { createRecorder } from "./recorder";
import { openSession } from "./session";

/** What rrweb and we need; without it nothing is recorded. */
function capable(win: Window & typeof globalThis): boolean {
  return ["fetch", "MutationObserver", "WeakMap", "Proxy", "TextEncoder", "AbortController", "crypto", "CSS"].every((name) => name in win);
}

function open(win: Window, config: Config): void {
  const session = openSession(win, config.site, config.visit);
  const recorder = createRecorder(win, config, session);
  if (!recorder) return;
  const { begin, stop, mask, exclude, pause, resume, stopped } = recorder;
  const consent = createConsent(win, config, session, { begin, refused: () => stop("refused") });
  install(win, { mask, exclude, pause, resume, stop: () => stop("asked"), consent: consent.answer }, stopped);
  consent.open();
}

try {
  // Turbo and its like run the same script again in the same window.
  if (!window.milchglas && capable(window) && hasOrigin(window)) {
    const config = read(document);
    if (config && allowed(config.consent, navigator) && !recordedByParent(window)) open(window, config);
  }
} catch {
  // never into the page
}
