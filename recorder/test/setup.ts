/** What esbuild puts in, and what jsdom lacks. */
Object.assign(globalThis, { CONSENT_FILE: "consent.js" });
const css = { escape: (text: string): string => text.replace(/[^\w-]/g, (char) => `\\${char}`) };
if (!globalThis.CSS?.escape) Object.assign(globalThis, { CSS: css });
