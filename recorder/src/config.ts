/** What the snippet says: the JSON of `data-milchglas-config`, with safe values for what is missing. */

export interface Config {
  /** Where the proxy listens for us, as in `/_milchglas`; never ends with a slash. */
  path: string;
  site: string;
  forms: "none" | "harmless" | "personal";
  /** True when all page text is masked. */
  maskText: boolean;
  visit: "tab" | "page";
  sensitive: string[];
  exclude: string[];
  safe: string[];
  consent: { mode: string; respectGpc: boolean; noticeUrl: string };
  /** Of the snippet itself, for a second file under the same policy. */
  nonce: string;
}

type Json = Record<string, unknown>;

/** The configuration, or null when it cannot be read; then nothing is recorded. */
export function parse(text: string | null, nonce = ""): Config | null {
  let json: Json;
  try {
    json = JSON.parse(text || "") as Json;
  } catch {
    return null;
  }
  // One leading slash: "//host" would be somebody else's server.
  if (!json || typeof json.path !== "string" || !/^\/[^/]/.test(json.path)) return null;
  const consent = (json.consent || {}) as Json;
  const forms = json.forms;
  return {
    path: json.path.replace(/\/+$/, ""),
    site: String(json.site || ""),
    forms: forms === "harmless" || forms === "personal" ? forms : "none",
    maskText: json.text === "mask",
    visit: json.visit === "tab" ? "tab" : "page",
    sensitive: strings(json.sensitive),
    exclude: strings(json.exclude),
    safe: strings(json.safe),
    consent: {
      mode: String(consent.mode),
      respectGpc: consent.respect_gpc !== false,
      noticeUrl: String(consent.notice_url || ""),
    },
    nonce,
  };
}

/** The snippet's own configuration, from the running script element. */
export function read(doc: Document): Config | null {
  const script = (doc.currentScript || doc.querySelector("script[data-milchglas-config]")) as HTMLScriptElement | null;
  return script && parse(script.getAttribute("data-milchglas-config"), script.nonce);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
