/** The ways in which a page may spell a value that it was given. */

export interface Spellings {
  words: string[];
  /** Base64, at each of its three alignments: what only the value decides, whatever stands around it. */
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
  return { words, coded: text.length > LONGEST ? [] : base64(text) };
}

/** A date input's value is always year-month-day. What stands between the parts is a gap anyway. */
function dates(text: string): string[] {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!date) return [];
  const [, year, month, day] = date as unknown as [string, string, string, string];
  return [day + month + year, `${+day}${+month}${year}`, month + day + year, `${+month}${+day}${year}`];
}

function base64(text: string): string[] {
  const raw = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return [0, 1, 2]
    .map((lead) => {
      const first = Math.ceil((lead * 8) / 6);
      return btoa("\0".repeat(lead) + raw).slice(first, Math.floor(((lead + raw.length) * 8) / 6));
    })
    .filter((code) => code.length >= 6);
}
