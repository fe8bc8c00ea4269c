// Makes one script of an entry module and all that it imports; what is wrong with them is printed.
// usage: node esbuild.mjs NODE_MODULES ENTRY TARGET FORMAT EXTERNAL DEFINED, the last two as JSON: a list of imports that
// stay as they are, and the text that stands for each name
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, entry, target] = process.argv.slice(2, 5).map((path) => resolve(path));
const [format, external, define] = [process.argv[5], ...process.argv.slice(6).map((text) => JSON.parse(text))];
const { build } = createRequire(resolve(modules, "one-of-its-files.js"))("esbuild");

await build({
  entryPoints: [entry], outfile: target, allowOverwrite: true, nodePaths: [modules], external, define,
  bundle: true, minify: true, format, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "warning",
}).catch(() => process.exit(1));
