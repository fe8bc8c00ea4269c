// Makes one module of an entry module and all that it imports; what is wrong with them is printed.
// usage: node editor.mjs NODE_MODULES ENTRY TARGET
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, entry, target] = process.argv.slice(2).map((path) => resolve(path));
const { build } = createRequire(resolve(modules, "one-of-its-files.js"))("esbuild");

await build({
  entryPoints: [entry], outfile: target, nodePaths: [modules],
  bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "warning",
}).catch(() => process.exit(1));
