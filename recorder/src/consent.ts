/**
 * Consent: whether this visitor may be recorded, and who asks.
 *
 * `none` asks nobody. `notice` records as soon as a bar is shown that says so and offers to refuse. `opt-in` records
 * and sends nothing until somebody answers: the bar, or the site's own consent tool by `milchglas.consent(true)`.
 * A refusal stands in a cookie by which the proxy leaves the snippet out; a grant holds for the visit (`visit: tab`)
 * or, where nothing is stored, for the page.
 */
import { hideBar, showBar } from "./asking";
import type { Config } from "./config";
import { roleOf } from "./frame";
import type { Session } from "./session";
import { BY_VISITOR, refuse, refusedBefore } from "./start";

const YEAR = 31_536_000;
const COOKIE = "milchglas=off";

/** The proxy asks first; this is the browser's own check. An unknown mode records nothing. */
export function allowed(consent: Config["consent"], nav: Navigator): boolean {
  const gpc = (nav as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl;
  return !(consent.respectGpc && gpc) && /^(none|notice|opt-in)$/.test(consent.mode);
}

export interface Recording {
  begin(): void;
  refused(): void;
}

export interface Consent {
  /** Begins, or asks, or does neither. */
  open(): void;
  answer(granted: boolean): void;
}

export function createConsent(win: Window, config: Config, session: Session, recording: Recording): Consent {
  const { mode } = config.consent;
  let answered: boolean | null = null;

  const asked = (): void => {
    const role = roleOf(win);
    if (role === "asks") showBar(win, config, () => mode === "notice" && answered !== false && recording.begin());
    else if (role === "waits" && mode === "notice") recording.begin();
  };

  return {
    open() {
      if (refusedBefore(session) || hasCookie(win)) return;
      if (mode === "none" || session.get("consent")) return recording.begin();
      // The largest frame and the bar's place are known when the page is there.
      if (win.document.readyState === "loading") win.document.addEventListener("DOMContentLoaded", () => void (answered ?? asked()));
      else asked();
    },

    answer(granted) {
      if (typeof granted !== "boolean" || granted === answered) return;
      answered = granted;
      hideBar();
      if (granted) {
        if (hasCookie(win)) setCookie(win, 0);
        if (session.get("off") === BY_VISITOR) session.remove("off");
        if (session.get("off")) return; // the proxy had said no
        session.set("consent", "1");
        recording.begin();
      } else {
        setCookie(win, YEAR);
        session.remove("consent");
        refuse(session, BY_VISITOR);
        recording.refused();
      }
      tellOthers(win.top!, granted);
    },
  };
}

const hasCookie = (win: Window): boolean => win.document.cookie.split(/;\s*/).includes(COOKIE);

function setCookie({ document, location }: Window, age: number): void {
  const secure = location.protocol === "https:" ? ";secure" : "";
  document.cookie = `${COOKIE};path=/;max-age=${age};samesite=lax${secure}`;
}

/** The other frames of the tab, as far as they are of this site; each answers once. */
function tellOthers(win: Window, granted: boolean): void {
  try {
    win.milchglas?.consent(granted);
  } catch {
    // of another origin
  }
  for (let at = 0; at < win.length; at++) tellOthers(win[at]!, granted);
}
