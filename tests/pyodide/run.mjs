// Runs the unit tests inside Pyodide under Node, on the very wheels of dist/ that the page's worker loads.
// usage: node run.mjs REPOSITORY SITE_PACKAGES [pytest arguments]
// The exit code is pytest's. pytest itself is read from the site packages of the environment of the tests.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const PYTEST = ["_pytest", "pytest", "py", "pluggy", "iniconfig", "packaging", "pygments"];

const [repository, sitePackages] = process.argv.slice(2, 4).map((path) => resolve(path));
const pytestArguments = process.argv.slice(4);
const packageSet = join(repository, "dist", "pyodide");
const { loadPyodide } = await import(pathToFileURL(join(packageSet, "pyodide.mjs")));

const python = await loadPyodide({
  indexURL: packageSet,
  // The site's own standard library leaves out what only tests need, such as unittest.mock.
  stdLibURL: join(repository, "web", "node_modules", "pyodide", "python_stdlib.zip"),
  env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1" },
});
await python.loadPackage("engine", { messageCallback: () => {} });

// The sources of library and engine stay outside, so that imports can only find what the page's worker loads.
const page = readdirSync(join(repository, "web/page"), { withFileTypes: true });
for (const folder of ["tests", ...page.filter((entry) => entry.isDirectory() && entry.name !== "engine").map((entry) => `web/page/${entry.name}`)]) {
  python.FS.mkdirTree(`/lab/${folder}`);
  python.mountNodeFS(`/lab/${folder}`, join(repository, folder));
}
python.FS.writeFile("/lab/pyproject.toml", readFileSync(join(repository, "pyproject.toml")));
python.FS.mkdir("/pytest");
for (const name of readdirSync(sitePackages)) {
  const distribution = name.split(/[-.]/)[0].toLowerCase(); // of py.py, pluggy, pluggy-1.0.dist-info
  if (!PYTEST.includes(distribution)) continue;
  const source = join(sitePackages, name);
  if (statSync(source).isFile()) {
    python.FS.writeFile(`/pytest/${name}`, readFileSync(source));
  } else {
    python.FS.mkdir(`/pytest/${name}`);
    python.mountNodeFS(`/pytest/${name}`, source);
  }
}

python.globals.set("pytest_arguments", python.toPy(pytestArguments));
try {
  process.exitCode = python.runPython(`
import os, sys
sys.path.append("/pytest")
os.chdir("/lab")
import pytest
int(pytest.main(["-p", "no:cacheprovider", "--color=no", *pytest_arguments]))
`);
} catch (error) {
  console.error(error.message); // left uncaught, Node would quote the minified engine around it
  process.exitCode = 1;
}
