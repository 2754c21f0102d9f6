/** Puts the parts together for one view. */
import { install } from "./api";
import { createBuffer } from "./batch";
import { createCarry } from "./carry";
import type { Config } from "./config";
import { createEcho } from "./echo";
import { type Event, INCREMENTAL, INPUT, META } from "./events";
import { fieldOf, isEditable } from "./fields";
import { createGuess } from "./guess";
import { createMasks } from "./mask";
import { watchPages } from "./pages";
import { createPost } from "./post";
import { mirror, type Recording, startRecording } from "./record";
import { createRules } from "./rules";
import { createScrub } from "./scrub";
import { createSender } from "./send";
import type { Session } from "./session";
import { refuse, start } from "./start";
import { createWatch } from "./watch";

export function run(win: Window, config: Config, session: Session): void {
  const rules = createRules(config);
  if (!rules.valid) return;
  const masks = createMasks(config, rules);
  const echo = createEcho();
  const carry = createCarry(session);
  const guess = createGuess(masks, echo);
  const watch = createWatch(masks, echo, carry, guess, (field) => tell(field));
  let recording: Recording | null = null;
  let paused = false;
  let done = false;
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

  const stop = (forTab: boolean): void => {
    if (done) return;
    done = true;
    if (forTab) refuse(session);
    sender.stop();
    pages.stop();
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
    stop,
  });

  const emit = (event: Event): void => {
    if (done || paused) return;
    try {
      if (event.type === META) pages.saw(event.data.href);
      else pages.look();
      sender.add(event);
    } catch {
      stop(false); // rather nothing than something half masked
    }
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
      pages.look();
      watch.flush();
      sender.hidden();
    } catch {
      stop(false);
    }
  };

  const pages = watchPages(win, emit);
  watch.root(win.document);
  // No unload handler, no socket: the page stays fit for the back/forward cache.
  win.addEventListener("pagehide", onHidden);
  win.document.addEventListener("visibilitychange", onHidden);

  install(win, {
    mask: (selector) => void (rules.add("mask", selector) && snapshot()),
    exclude: (selector) => void (rules.add("exclude", selector) && snapshot()),
    pause: () => void (paused = true),
    resume: () => {
      if (!paused) return;
      paused = false;
      snapshot();
    },
    stop: () => stop(false),
  });

  recording = startRecording(emit, rules.blockSelector);
  if (!recording) stop(false);
  else if (done) recording.stop();
}
