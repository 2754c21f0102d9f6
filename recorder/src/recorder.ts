/** Puts the parts together for one view. */
import type { Stop } from "./api";
import { createBuffer } from "./batch";
import { createCarry } from "./carry";
import type { Config } from "./config";
import { createEcho } from "./echo";
import { type Event, INCREMENTAL, INPUT, META, RESIZE } from "./events";
import { fieldOf, isEditable } from "./fields";
import { createGuess } from "./guess";
import { createMasks } from "./mask";
import { createBudget, metered } from "./meter";
import { type Pages, watchPages } from "./pages";
import { createPost } from "./post";
import { mirror, type Recording, startRecording } from "./record";
import { createRules } from "./rules";
import { createScrub } from "./scrub";
import { createSender } from "./send";
import type { Session } from "./session";
import { BY_PROXY, leave, refuse, start } from "./start";
import { createWatch } from "./watch";

export interface Recorder {
  /** Records from now on; nothing was listened to or sent before. */
  begin(): void;
  /** Of this page for good. */
  stop(why: Stop): void;
  mask(selector: string): void;
  exclude(selector: string): void;
  pause(): void;
  resume(): void;
  /** Why nothing is recorded any more; null while it is, or may yet be. */
  stopped(): Stop | null;
}

/** Null when this browser does not understand a selector that protects. */
export function createRecorder(win: Window, config: Config, session: Session): Recorder | null {
  const rules = createRules(config);
  if (!rules.valid) return null;
  const masks = createMasks(config, rules);
  const echo = createEcho();
  const carry = createCarry(session);
  const guess = createGuess(masks, echo);
  const watch = createWatch(masks, echo, carry, guess, (field) => tell(field));
  const overBudget = createBudget();
  let recording: Recording | null = null;
  let pages: Pages | null = null;
  let paused = false;
  let done: Stop | null = null;
  const buffer = createBuffer({
    mirror,
    scrub: createScrub(masks, rules, config.maskText),
    masks,
    rules,
    watch,
    echo,
    carry,
    guess,
  });
  const post = createPost(win);
  // A path alone would be resolved against the page's <base>, which may name another server.
  const proxy = win.location.origin + config.path;

  const snapshot = (): void => {
    try {
      if (!paused && !done) recording?.snapshot();
    } catch {
      // rrweb has not begun yet: its first snapshot is still to come
    }
  };

  const stop = (why: Stop): void => {
    // Who refuses before anything began may still come to another mind.
    if (done || (why === "refused" && !pages)) return;
    done = why;
    sender.stop();
    pages?.stop();
    watch.stop();
    win.removeEventListener("pagehide", onHidden);
    win.document.removeEventListener("visibilitychange", onHidden);
    recording?.stop();
  };

  const sender = createSender(buffer, post, proxy, {
    start: () => start(post, proxy, session),
    mask: (ids) => {
      for (const id of ids) {
        const field = fieldOf(mirror.getNode(id));
        if (field) masks.add(field);
      }
    },
    snapshot,
    stop(forTab) {
      if (forTab) refuse(session, BY_PROXY);
      stop("failed");
    },
  });

  const emit = (event: Event): void => {
    if (done || paused) return;
    try {
      if (event.type === META) pages?.saw(event.data.href);
      else pages?.look();
      metered(() => sender.add(event));
      if (overBudget(post.sent())) giveUp();
    } catch {
      stop("failed"); // rather nothing than something half masked
    }
  };

  const giveUp = (): void => {
    const data = { source: RESIZE, width: win.innerWidth, height: win.innerHeight };
    void sender.last({ type: INCREMENTAL, data, timestamp: Date.now() } as unknown as Event, "budget");
    stop("budget");
  };

  /** An input event as rrweb would have made it. */
  const tell = (field: Element): void => {
    const id = mirror.getId(field);
    if (id < 0 || isEditable(field)) return;
    const { value, checked } = field as HTMLInputElement;
    const data = { source: INPUT, text: String(value), isChecked: !!checked, id };
    emit({ type: INCREMENTAL, data, timestamp: Date.now() } as unknown as Event);
  };

  const onHidden = (event: globalThis.Event): void => {
    if (event.type !== "pagehide" && win.document.visibilityState !== "hidden") return;
    try {
      if (event.type === "pagehide") leave(session);
      pages?.look();
      watch.flush();
      sender.hidden();
    } catch {
      stop("failed");
    }
  };

  return {
    begin() {
      if (pages || done) return;
      pages = watchPages(win, emit);
      watch.root(win.document);
      // No unload handler, no socket: the page stays fit for the back/forward cache.
      win.addEventListener("pagehide", onHidden);
      win.document.addEventListener("visibilitychange", onHidden);
      recording = metered(() => startRecording(emit));
      if (!recording) stop("failed");
      else if (done) recording.stop();
    },
    stop,
    mask: (selector) => void (rules.add("mask", selector) && snapshot()),
    exclude: (selector) => void (rules.add("exclude", selector) && snapshot()),
    pause: () => void (paused = true),
    resume() {
      if (!paused) return;
      paused = false;
      snapshot();
    },
    stopped: () => done,
  };
}
