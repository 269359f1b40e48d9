// Builds ../static/ from this folder: one style sheet, fonts, favicon, htmx and our own scripts.
// Nothing here reaches the network; `npm ci` has brought what is needed.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "static");
const FONT = "@fontsource-variable/atkinson-hyperlegible-next";
const FONT_FILES = ["latin", "latin-ext"].flatMap((subset) =>
  ["normal", "italic"].map((style) => `atkinson-hyperlegible-next-${subset}-wght-${style}.woff2`),
);

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function styles() {
  const { css } = sass.compile(join(here, "scss", "main.scss"), {
    style: "compressed",
    loadPaths: [modules],
    // govuk-frontend is not ours to mend; our own deprecations still show.
    quietDeps: true,
  });
  writeFileSync(join(out, "findfusion.css"), css);
}

// Each file of js/ stands by itself; together they are one request.
function scripts() {
  const folder = join(here, "js");
  const files = readdirSync(folder).filter((name) => name.endsWith(".js")).sort();
  writeFileSync(join(out, "findfusion.js"), files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n"));
}

rmSync(join(out, "fonts"), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
styles();
scripts();
for (const file of FONT_FILES) {
  copy(join(modules, FONT, "files", file), join(out, "fonts", file));
}
copy(join(modules, FONT, "LICENSE"), join(out, "fonts", "LICENSE.txt"));
copy(join(here, "art", "mark.svg"), join(out, "favicon.svg"));
copy(join(modules, "htmx.org", "dist", "htmx.min.js"), join(out, "htmx.min.js"));
