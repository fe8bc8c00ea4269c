// Makes one module of an entry module and all that it imports; what is wrong with them is printed.
// usage: node esbuild.mjs NODE_MODULES ENTRY TARGET [IMPORT THAT STAYS …]
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, entry, target] = process.argv.slice(2, 5).map((path) => resolve(path)), external = process.argv.slice(5);
const { build } = createRequire(resolve(modules, "one-of-its-files.js"))("esbuild");

await build({
  entryPoints: [entry], outfile: target, allowOverwrite: true, nodePaths: [modules], external,
  bundle: true, minify: true, format: "esm", target: "es2022", legalComments: "none", logLevel: "warning",
}).catch(() => process.exit(1));
