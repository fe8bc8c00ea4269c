// The page of the benchmark holds one worker for each engine, so that none of them shares a heap, or what the
// browser has learned of its code, with another. `bench` is driven from outside, one engine at a time.

const workers = new Map();

function ask(key, command, details = {}) {
  const worker = workers.get(key);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.error === undefined) resolve(data.value);
      else reject(new Error(data.error));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ command, ...details });
  });
}

window.bench = {
  open(key, engine, options, workload) {
    workers.set(key, new Worker('worker.js', { name: key }));
    return ask(key, 'open', { engine, options, workload });
  },
  reset: (key) => ask(key, 'reset'),
  run: (key, epochs) => ask(key, 'run', { epochs }),
  weights: (key) => ask(key, 'weights'),
  close(key) {
    workers.get(key).terminate();
    workers.delete(key);
  },
};
