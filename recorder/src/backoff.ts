/** Waiting between attempts: 1, 2, 4 ... 30 seconds with some scatter, or as long as the proxy asks for. */

const LONGEST = 30_000;
const LONGEST_ASKED = 300_000;

export const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function pause(tries: number, asked: number): Promise<void> {
  const own = Math.min(LONGEST, 1000 * 2 ** tries) * (0.75 + Math.random() / 2);
  return sleep(asked ? Math.min(asked, LONGEST_ASKED) : own);
}
