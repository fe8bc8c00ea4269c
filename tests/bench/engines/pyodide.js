// Python engines in the lab's own Pyodide: `module` is a Python file of this folder; `operations` "kernel" is the
// SIMD kernel as the page's engine loads it.

const LAB = new URL('../lab/', location.href).href;

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is missing`);
  return response;
}

export async function open(workload, { module, operations }) {
  const { loadPyodide } = await import(`${LAB}pyodide/pyodide.mjs`);
  const python = await loadPyodide({ indexURL: `${LAB}pyodide/` });
  await python.loadPackage([operations === 'kernel' ? 'engine' : 'nncore'], { messageCallback: () => {} });
  python.FS.mkdir('engines');
  for (const file of [module, 'calls', 'pyodide_entry']) {
    python.FS.writeFile(`engines/${file}.py`, await (await fetched(`engines/${file}.py`)).text());
  }
  const { parameters, x, y, ...description } = workload;
  const entry = python.pyimport('engines.pyodide_entry');
  const engine = await entry.open_engine(
    module, operations, JSON.stringify(description), ...[parameters, x, y].map((values) => python.toPy(values)));
  return {
    reset: () => engine.reset(),
    run: (epochs) => engine.run(epochs),
    weights: () => engine.weights().toJs(),
  };
}
