/**
 * Bundles recorder and player with esbuild. Called by hatch_build.py.
 *
 *   node build.mjs recorder OUT          the recorder
 *   node build.mjs bare OUT              the recorder that masks nothing, for tests of the proxy only
 *   node build.mjs player ENTRY OUTDIR   player.js and player.css
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** What is changed in rrweb, word for word; a version where the words are others fails the build. */
const PATCHES = [
  {
    why: "rrweb would write an attribute into the page; our own watch keeps passwords passwords",
    from: 'target.setAttribute("data-rr-is-password", "true");',
    to: "",
  },
  {
    why: "each checkout would observe every frame once more, and every change would be recorded again and again",
    from: "handlers.push(observe(iframeEl.contentDocument));",
    to: "if (observedDocs.has(iframeEl.contentDocument)) return; observedDocs.add(iframeEl.contentDocument); handlers.push(observe(iframeEl.contentDocument));",
  },
  {
    why: "(the set that the one before needs)",
    from: "  mirror.reset();\n  const maskInputOptions",
    to: "  mirror.reset();\n  const observedDocs = new WeakSet();\n  const maskInputOptions",
  },
  {
    why: "each checkout would listen to a frame's load once more, and attach its document as often",
    from: 'return iframeEl.addEventListener("load", listener);',
    to: "return iframeListens(iframeEl, listener);",
  },
  {
    why: "(as above, for frames that are blank)",
    from: '  iframeEl.addEventListener("load", listener);\n}\n',
    to: `  iframeListens(iframeEl, listener);
}
const iframeListeners = new WeakMap();
function iframeListens(iframeEl, listener) {
  iframeEl.removeEventListener("load", iframeListeners.get(iframeEl));
  iframeListeners.set(iframeEl, listener);
  iframeEl.addEventListener("load", listener);
}
`,
  },
  {
    why: "an attribute `style` set by script is a violation of a strict style-src, even in a document that nobody sees",
    from: 'old.setAttribute("style", m.oldValue);',
    to: "old.style.cssText = m.oldValue;",
  },
  {
    why: "no canvas is recorded: its part of rrweb is left out",
    from: "canvasManager = new CanvasManager({",
    to: "canvasManager = (() => ({ freeze() {}, unfreeze() {}, lock() {}, unlock() {}, reset() {} }))({",
  },
  { why: "no fonts are recorded", from: "if (o.collectFonts) {", to: "if (false) {" },
  { why: "no images are inlined", from: 'if (tagName === "img" && inlineImages) {', to: "if (false) {" },
  { why: "no canvas is recorded", from: 'if (tagName === "canvas" && recordCanvas) {', to: "if (false) {" },
];

const patched = {
  name: "patched-rrweb",
  setup(building) {
    building.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const { why, from, to } of PATCHES) {
        if (contents.split(from).length !== 2) return { errors: [{ text: `patch does not fit: ${why}` }] };
        contents = contents.replace(from, () => to);
      }
      return { contents, loader: "js" };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  charset: "ascii",
  legalComments: "none",
  logLevel: "warning",
};

const [what, ...paths] = process.argv.slice(2);
if (what === "recorder" || what === "bare") {
  await build({
    ...common,
    entryPoints: [join(here, "src/index.ts")],
    outfile: paths[0],
    target: "es2019",
    // rrweb talks to the console of a page that is not ours
    drop: ["console"],
    define: { MASK_AT_SOURCE: String(what === "recorder") },
    plugins: [patched],
  });
} else if (what === "player") {
  await build({
    ...common,
    entryPoints: [paths[0]],
    outfile: join(paths[1], "player.js"),
    target: "es2020",
    nodePaths: [join(here, "node_modules")],
    loader: { ".svg": "text" },
  });
} else {
  throw new Error(`what to build? recorder, bare or player, not ${what}`);
}
