/** Whether this visitor may be recorded at all. The proxy asks first; this is the browser's own check. */
import type { Config } from "./config";

export function allowed(consent: Config["consent"], nav: Navigator): boolean {
  const gpc = (nav as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl;
  if (consent.respectGpc && gpc) return false;
  // The modes that ask first are not built yet: an unknown mode records nothing.
  return consent.mode === "none";
}
