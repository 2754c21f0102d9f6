/** `window.milchglas`: what a site's own scripts may ask for. Nothing here throws, nothing reveals. */

export interface Api {
  /** Masks all elements that match, now and later. */
  mask(selector: string): void;
  /** Leaves out all elements that match, now and later. */
  exclude(selector: string): void;
  pause(): void;
  resume(): void;
  /** No more recording on this page. */
  stop(): void;
}

declare global {
  interface Window {
    milchglas?: Api;
  }
}

/** Wraps each function so that the page never sees an exception of ours. */
export function install(win: Window, api: Api): void {
  for (const name of Object.keys(api) as (keyof Api)[]) {
    const work = api[name] as (selector: string) => void;
    api[name] = (selector?: string) => {
      try {
        work(selector as string);
      } catch {
        // never into the page
      }
    };
  }
  win.milchglas = Object.freeze(api);
}
