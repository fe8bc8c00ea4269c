// What PyScript's worker takes for Pyodide: Pyodide itself, but from files that are held against their hashes (site.js),
// with the first of them that can't be had told to the page. It stands beside Pyodide, since PyScript looks for that where
// it found this module.
import { guardedFetch, read } from './site.js';

const scope = new URL('../', import.meta.url).href;
const MODULES = ['pyodide/pyodide.mjs', 'pyodide/pyodide.asm.js'];   // loaded by the browser's import(), which no hash can be given

const guarded = guardedFetch(scope);
let fail;   // Pyodide waits for ever where its WebAssembly does not come, and does without a package that does not
const failed = new Promise((_, reject) => { fail = reject; });
failed.catch(() => {});
self.fetch = (...what) => guarded(...what).catch((error) => {
  fail(error);
  throw error;
});

await Promise.all(MODULES.map((path) => read(scope, path)));
const pyodide = await import('./pyodide.mjs');

export const version = pyodide.version;

export const loadPyodide = (options) => Promise.race([failed, pyodide.loadPyodide(options)]);
