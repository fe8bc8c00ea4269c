// One engine on one workload, in a worker: a classic one, because the peers come as classic scripts.
//
// An engine is a module whose `open(workload, options)` returns {reset(), run(epochs), weights()}; `workload` has
// the fields of workloads.py and the Float32Arrays parameters, x and y.

let engine;

async function numbers(name, file) {
  const response = await fetch(`../data/${name}/${file}.f32`);
  return new Float32Array(await response.arrayBuffer());
}

const commands = {
  async open({ engine: name, options, workload }) {
    const [parameters, x, y] = await Promise.all(
      ['parameters', 'x', 'y'].map((file) => numbers(workload.name, file)));
    const { open } = await import(`./engines/${name}.js`);
    engine = await open({ ...workload, parameters, x, y }, options);
  },
  reset: () => engine.reset(),
  run({ epochs }) {
    const start = performance.now();
    engine.run(epochs);
    return (performance.now() - start) / 1000;
  },
  weights: () => Array.from(engine.weights()),
};

onmessage = async ({ data }) => {
  try {
    postMessage({ value: await commands[data.command](data) });
  } catch (error) {
    postMessage({ error: String(error.stack ?? error) });
  }
};
