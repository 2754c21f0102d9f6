/**
 * Bundles recorder and player with esbuild. Called by hatch_build.py.
 *
 *   node build.mjs recorder OUT          the recorder, and consent.js beside it
 *   node build.mjs bare OUT              the recorder that masks nothing, for tests of the proxy only
 *   node build.mjs player ENTRY OUTDIR   player.js and player.css
 */
import { createHash } from "node:crypto";
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

/** What visitors' browsers load: old ones, too. */
const visitors = { ...common, target: "es2019" };

const [what, ...paths] = process.argv.slice(2);
if (what === "recorder" || what === "bare") {
  const bar = join(dirname(paths[0]), "consent.js");
  await build({ ...visitors, entryPoints: [join(here, "src/bar.ts")], outfile: bar });
  const hash = createHash("sha256").update(await readFile(bar)).digest("hex").slice(0, 16);
  await build({
    ...visitors,
    entryPoints: [join(here, "src/index.ts")],
    outfile: paths[0],
    // rrweb talks to the console of a page that is not ours
    drop: ["console"],
    // proxy/runtime.py makes the same name
    define: { MASK_AT_SOURCE: String(what === "recorder"), CONSENT_FILE: JSON.stringify(`consent.${hash}.js`) },
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
