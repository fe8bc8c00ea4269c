// Draws SVGs as PNG pictures, each so many pixels wide. The renderer is WebAssembly: the same on every system, and it needs
// no browser.
// usage: node icons.mjs NODE_MODULES [DRAWING WIDTH TARGET …]
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, ...rest] = process.argv.slice(2);
const require = createRequire(resolve(modules, "one-of-its-files.js"));
const { initWasm, Resvg } = require("@resvg/resvg-wasm");

await initWasm(readFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
while (rest.length) {
  const [drawing, width, target] = rest.splice(0, 3);
  const picture = new Resvg(readFileSync(drawing, "utf-8"), { fitTo: { mode: "width", value: Number(width) } });
  writeFileSync(target, picture.render().asPng());
}
