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
import { patch } from "./patches.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const patched = {
  name: "patched-rrweb",
  setup(building) {
    building.onLoad({ filter: /@rrweb[\\/]record[\\/]dist[\\/]record\.js$/ }, async ({ path }) => {
      try {
        return { contents: patch(await readFile(path, "utf8")), loader: "js" };
      } catch (error) {
        return { errors: [{ text: error.message }] };
      }
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
