// The player page: loads a recording view by view, makes it harmless, plays it with rrweb-player.

import Player from "rrweb-player";
import "rrweb-player/dist/style.css";
import { clean } from "./clean";
import type { RecordedEvent } from "./events";
import { type Finding, frost, RULES, tipAt } from "./frost";
import { lineUp, type Placed, type View } from "./views";

const SANDBOX = "allow-same-origin";
const ROOM_BELOW = 140;

interface Facts {
  recording: string;
  views: View[];
  findings: Finding[];
  text: string;
  inflated: number;
  heavy: number;
}

function facts(stage: HTMLElement): Facts {
  const data = stage.dataset;
  return {
    recording: data.recording ?? "",
    views: JSON.parse(data.views ?? "[]"),
    findings: JSON.parse(data.findings ?? "[]"),
    text: data.text ?? "",
    inflated: Number(data.inflated),
    heavy: Number(data.heavy),
  };
}

/** A sentence in the player's place, with a button if there is something to do. */
function say(stage: HTMLElement, text: string, button?: { label: string; press: () => void }): void {
  const note = document.createElement("div");
  note.className = "note";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = text;
  note.append(words);
  if (button) {
    const element = document.createElement("button");
    element.textContent = button.label;
    element.addEventListener("click", button.press, { once: true });
    note.append(element);
  }
  stage.replaceChildren(note);
}

async function load(stage: HTMLElement, { recording, views }: Facts): Promise<{ id: string; events: RecordedEvent[] }[]> {
  const loaded = [];
  for (const [at, view] of views.entries()) {
    say(stage, views.length > 1 ? `Loading page ${at + 1} of ${views.length}…` : "Loading…");
    const path = `/recordings/${encodeURIComponent(recording)}/events?view=${encodeURIComponent(view.id)}`;
    const answer = await fetch(path, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) {
      throw new Error(answer.redirected ? "Your session has ended. Load the page again to log in." : `The events did not come (${answer.status}).`);
    }
    const events: RecordedEvent[] = await answer.json();
    loaded.push({ id: view.id, events: events.filter(clean) });
  }
  return loaded;
}

function play(stage: HTMLElement, events: RecordedEvent[], known: Facts): Player {
  stage.replaceChildren();
  const width = stage.clientWidth;
  const height = Math.max(320, Math.min(width * 0.625, window.innerHeight - stage.getBoundingClientRect().top - ROOM_BELOW));
  let refresh = () => {};
  const player = new Player({
    target: stage,
    props: {
      events: events as never,
      width,
      height,
      skipInactive: true,
      autoPlay: false,
      showController: true,
      speedOption: [1, 2, 4, 8],
      mouseTail: false,
      showWarning: false,
      UNSAFE_replayCanvas: false,
      insertStyleRules: RULES,
      plugins: [{ onBuild: () => refresh(), handler: () => refresh() }],
    },
  });
  const frame = player.getReplayer().iframe;
  if (frame.getAttribute("sandbox") !== SANDBOX) {
    frame.remove();
    throw new Error("The replay frame is not sandboxed; nothing is shown.");
  }
  refresh = frost(frame);
  hover(stage, frame, known);
  return player;
}

function hover(stage: HTMLElement, frame: HTMLIFrameElement, { findings, text: textRules }: Facts): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  stage.append(tip);
  stage.addEventListener("mousemove", (event) => {
    const box = frame.getBoundingClientRect();
    const scale = box.width / (frame.offsetWidth || 1);
    const text = frame.contentDocument
      ? tipAt(frame.contentDocument, (event.clientX - box.left) / scale, (event.clientY - box.top) / scale, findings, textRules)
      : "";
    tip.hidden = !text;
    tip.textContent = text;
    const edge = stage.getBoundingClientRect();
    tip.style.left = `${event.clientX - edge.left + 12}px`;
    tip.style.top = `${event.clientY - edge.top + 16}px`;
  });
  stage.addEventListener("mouseleave", () => {
    tip.hidden = true;
  });
}

/** Makes the list of pages jump in the player and follow it. */
function connect(player: Player | null, placed: Placed[]): void {
  const buttons = placed.map((place) => ({
    place,
    button: document.querySelector<HTMLButtonElement>(`button.jump[data-view="${CSS.escape(place.id)}"]`),
  }));
  for (const { place, button } of buttons) {
    if (place.offset === null) {
      const why = button?.parentElement?.querySelector(".why");
      if (why) {
        why.textContent = ` · cannot be shown: ${place.why}`;
      }
    } else if (button && player) {
      const offset = place.offset;
      button.disabled = false;
      button.addEventListener("click", () => player.goto(offset, true));
    }
  }
  player?.addEventListener("ui-update-current-time", (update) => {
    const now = (update as { payload: number }).payload;
    const current = buttons.filter(({ place }) => place.offset !== null && place.offset <= now).at(-1);
    for (const { button } of buttons) {
      button?.toggleAttribute("aria-current", button === current?.button);
    }
  });
}

async function start(stage: HTMLElement, known: Facts): Promise<void> {
  try {
    const { events, placed } = lineUp(await load(stage, known));
    if (events.length < 2) {
      connect(null, placed);
      say(stage, known.views.length ? "There is nothing to play: no full snapshot of a page arrived. The next one is asked for by itself." : "There is nothing to play: this recording has no events.");
      return;
    }
    const player = play(stage, events, known);
    connect(player, placed);
    player.play();
  } catch (error) {
    say(stage, error instanceof Error && error.message ? error.message : "The recording cannot be played.", {
      label: "Try again",
      press: () => start(stage, known),
    });
  }
}

const stage = document.getElementById("player");
if (stage) {
  const known = facts(stage);
  if (known.inflated > known.heavy) {
    say(stage, `This recording has ${Math.round(known.inflated / 1e6)} MB of events. Your browser holds all of them while it plays.`, {
      label: "Load and play",
      press: () => start(stage, known),
    });
  } else {
    start(stage, known);
  }
}
