// Runs bytecode.py inside Pyodide under Node: the bytecode is made by the very Python that will read it.
// usage: node bytecode.mjs PYODIDE_FOLDER ARCHIVE COMPILED_ARCHIVE
import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, archive, compiled] = process.argv.slice(2).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")));

// A fixed hash seed, because the order of a set must not change the bytes.
const python = await loadPyodide({ env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" } });
python.mountNodeFS("/archive", dirname(archive));
python.mountNodeFS("/compiled", dirname(compiled));
python.runPython(readFileSync(new URL("bytecode.py", import.meta.url), "utf-8"));
python.globals.get("compile_archive")(`/archive/${basename(archive)}`, `/compiled/${basename(compiled)}`);
