/** The ways in which a page may spell a value that it was given. */

export interface Spellings {
  words: string[];
  /** Character by character, and base64 at each of its three alignments: what only the value decides, whatever stands around. */
  coded: string[];
}

const LONGEST = 200;

/** A card number, an account number: found by its beginning, as a secret is. Without gaps, in lower case. */
export const isNumber = (bare: string): boolean => /^(\d{12,19}|[a-z]{2}\d{2}[a-z\d]{11,30})$/.test(bare);

export function spellings(text: string): Spellings {
  const words = [
    text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;"),
    JSON.stringify(text).slice(1, -1),
    ...dates(text),
  ].filter((word) => word !== text);
  return { words, coded: text.length > LONGEST ? [] : [...entities(text), ...base64(utf8(text)), ...base64(utf16(text))] };
}

/** A date input's value is always year-month-day. What stands between the parts is a gap anyway. */
function dates(text: string): string[] {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!date) return [];
  const [, year, month, day] = date as unknown as [string, string, string, string];
  return [day + month + year, `${+day}${+month}${year}`, month + day + year, `${+month}${+day}${year}`];
}

const entities = (text: string): string[] =>
  [(code: number) => `&#${code};`, (code: number) => `&#x${code.toString(16)};`].map((written) =>
    Array.from(text, (char) => written(char.codePointAt(0)!)).join(""),
  );

const utf8 = (text: string): string => Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
const utf16 = (text: string): string =>
  text.split("").map((unit) => String.fromCharCode(unit.charCodeAt(0) & 255, unit.charCodeAt(0) >> 8)).join("");

/** Of bytes, one a character. */
function base64(raw: string): string[] {
  return [0, 1, 2]
    .map((lead) => {
      const first = Math.ceil((lead * 8) / 6);
      return btoa("\0".repeat(lead) + raw).slice(first, Math.floor(((lead + raw.length) * 8) / 6));
    })
    .filter((code) => code.length >= 6);
}
