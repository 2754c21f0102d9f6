/** Page changes without a page load: a new address becomes a Meta event. No function of the page is wrapped. */
import { type Event, META } from "./events";

export interface Pages {
  /** Emits a Meta event when the address changed since the last look. */
  look(): void;
  /** An event of rrweb's own told the address. */
  saw(href: string): void;
  stop(): void;
}

export function watchPages(win: Window, emit: (event: Event) => void): Pages {
  let last = win.location.href;
  const look = (): void => {
    const { href } = win.location;
    if (href === last) return;
    last = href;
    emit({ type: META, data: { href, width: win.innerWidth, height: win.innerHeight }, timestamp: Date.now() } as Event);
  };
  const later = (): void => void setTimeout(look);
  const targets: [EventTarget | undefined, string][] = [
    [win, "popstate"],
    [win, "hashchange"],
    // Tells of pushState where it exists; elsewhere the next event does.
    [(win as Window & { navigation?: EventTarget }).navigation, "currententrychange"],
  ];
  for (const [target, type] of targets) target?.addEventListener(type, later);
  return {
    look,
    saw: (href) => void (last = href),
    stop: () => targets.forEach(([target, type]) => target?.removeEventListener(type, later)),
  };
}
