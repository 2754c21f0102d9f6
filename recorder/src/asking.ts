/** The bar that informs or asks: a second file, for most visitors never see it. */
import type { Config } from "./config";

/** The recorder leaves out the element of that name, as if it were not there (patches.mjs). */
const HOST = "milchglas-consent";

let host: Element | null = null;

/** `shown` is called when the bar is on the page; when it cannot be, nothing is. */
export function showBar(win: Window, { path, forms, nonce, consent }: Config, shown: () => void): void {
  const { document, location } = win;
  host = document.createElement(HOST);
  const script = document.createElement("script");
  if (nonce) script.nonce = nonce;
  Object.assign(script.dataset, { mode: consent.mode, forms, notice: consent.noticeUrl });
  script.onload = () => host && shown();
  script.onerror = hideBar;
  script.src = `${location.origin}${path}/${CONSENT_FILE}`;
  host.append(script);
  // Before the body: the first that the tabulator key reaches, and no child of what the page's own styles count.
  document.documentElement.insertBefore(host, document.body);
}

export function hideBar(): void {
  host?.remove();
  host = null;
}
