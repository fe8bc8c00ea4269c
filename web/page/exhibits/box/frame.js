// The box's frame: a document of no origin (sandbox without allow-same-origin), in which nothing but this script runs. It
// starts a worker for each run and ends the one before; what worker and page say to each other goes through a channel of
// their own. The page puts this text into the frame under a policy that names its hash: see code_box.js.
//
// The page says { files } once, then { number } with a port to start that worker, or nothing to end the present one.

const policy = self.trustedTypes?.createPolicy('box', { createScriptURL: (address) => address });
let worker = null, files = null, script = '', compiled = null, turn = 0;

function take({ 'pyodide.asm.js': engine, 'pyodide.js': loader, 'boot.js': boot, 'pyodide.asm.wasm': wasm, ...others }) {
  files = others;
  // one classic script: a module would not start from a blob without an origin
  const address = URL.createObjectURL(new Blob([engine, '\n', loader, '\n', boot], { type: 'text/javascript' }));
  script = policy ? policy.createScriptURL(address) : address;
  compiled = WebAssembly.compile(wasm);
}

addEventListener('message', async ({ source, data, ports: [port] }) => {
  if (source !== parent) return;
  if (data.files) {
    take(data.files);
    return;
  }
  worker?.terminate();
  worker = null;
  const mine = ++turn, failed = () => parent.postMessage({ failed: data.number }, '*');
  if (!port) return;
  try {
    const module = await compiled;
    if (mine !== turn) return;
    worker = new Worker(script);
    worker.onerror = failed;
    worker.postMessage({ files, module }, [port]);
  } catch {
    failed();
  }
});

parent.postMessage({ there: true }, '*');
