/** What jsdom lacks. */
const css = { escape: (text: string): string => text.replace(/[^\w-]/g, (char) => `\\${char}`) };
if (!globalThis.CSS?.escape) Object.assign(globalThis, { CSS: css });
