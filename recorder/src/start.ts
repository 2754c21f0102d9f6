/** The handshake: which recording this view belongs to. */
import { pause, sleep } from "./backoff";
import type { Post } from "./post";
import type { Session } from "./session";

export interface Identity {
  recording: string;
  token: string;
}

const ID = /^[A-Za-z0-9_-]{16,64}$/;
const TRIES = 6;
/** For so long the frames of a tab wait for the one that asks first. */
const PATIENCE = 2_000;

export const BY_PROXY = "1";
export const BY_VISITOR = "visitor";

/** Whether an earlier page of this tab was told that this visitor is not recorded. */
export const refusedBefore = (session: Session): boolean => session.get("off") !== null;

export function refuse(session: Session, by: string): void {
  session.set("off", by);
  session.remove("visit");
}

/**
 * Frames of one tab load at once and share its sessionStorage, and its thread: the first takes the turn, the others
 * wait until it knows the visit's recording. Where nothing is stored, each is on its own.
 */
async function turn(session: Session): Promise<void> {
  while (!session.get("visit") && !refusedBefore(session) && Number(session.get("asking")) > Date.now()) await sleep(50);
  session.set("asking", String(Date.now() + PATIENCE));
}

/** The page goes: whoever comes next need not wait for its answer. */
export const leave = (session: Session): void => session.remove("asking");

/** Asks the proxy for an identity; null when there is none to be had, and then nothing is recorded. */
export async function start(post: Post, proxy: string, session: Session): Promise<Identity | null> {
  await turn(session);
  for (let tries = 0; tries < TRIES && !refusedBefore(session); tries++) {
    const { status, json, retryAfter } = await post(`${proxy}/start`, session.get("visit") || "{}");
    if (status === 410) refuse(session, BY_PROXY);
    if (status === 200) {
      const identity = { recording: String(json.recording), token: String(json.token) };
      if (!ID.test(identity.recording)) return null;
      session.set("visit", JSON.stringify(identity));
      return identity;
    }
    if (!worthRetrying(status)) return null;
    await pause(tries, retryAfter);
  }
  return null;
}

/** Not reached, busy, or broken for the moment. */
export const worthRetrying = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || (status >= 500 && status !== 501);
