/** The handshake: which recording this view belongs to. */
import { pause } from "./backoff";
import type { Post } from "./post";
import type { Session } from "./session";

export interface Identity {
  recording: string;
  token: string;
}

const ID = /^[A-Za-z0-9_-]{16,64}$/;
const TRIES = 6;

/** Whether an earlier page of this tab was told that this visitor is not recorded. */
export const refusedBefore = (session: Session): boolean => session.get("off") !== null;

export function refuse(session: Session): void {
  session.set("off", "1");
  session.remove("visit");
}

/** Asks the proxy for an identity; null when there is none to be had, and then nothing is recorded. */
export async function start(post: Post, proxy: string, session: Session): Promise<Identity | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { status, json, retryAfter } = await post(`${proxy}/start`, session.get("visit") || "{}");
    if (status === 410) refuse(session);
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
