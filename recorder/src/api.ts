/** `window.milchglas`: what a site's own scripts may ask for. Nothing here throws, nothing reveals. docs/recorder.md */

/** Why nothing is recorded any more: the page asked, the visitor refused, it cost too much, or it could not go on. */
export type Stop = "asked" | "refused" | "budget" | "failed";

export interface Api {
  /** Masks all elements that match, now and later. */
  mask(selector: string): void;
  /** Leaves out all elements that match, now and later. */
  exclude(selector: string): void;
  pause(): void;
  resume(): void;
  /** No more recording on this page. */
  stop(): void;
  /** What the visitor said, to the site's own consent tool, say. A refusal ends the recording. */
  consent(granted: boolean): void;
  readonly stopped: Stop | null;
}

declare global {
  interface Window {
    milchglas?: Api;
  }
}

type Calls = Omit<Api, "stopped">;

/** Wraps each function so that the page never sees an exception of ours. */
export function install(win: Window, calls: Calls, stopped: () => Stop | null): void {
  const api = {} as Record<string, unknown>;
  for (const [name, work] of Object.entries(calls) as [string, (value: unknown) => void][])
    api[name] = (value?: unknown) => {
      try {
        work(value);
      } catch {
        // never into the page
      }
    };
  Object.defineProperty(api, "stopped", { get: stopped, enumerable: true });
  win.milchglas = Object.freeze(api) as unknown as Api;
}
