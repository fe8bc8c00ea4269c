// The box's worker: a Python of its own for one run of a person's class. It begins clean, runs once and is ended; the page
// starts the next one meanwhile. It has no origin and its policy lets nothing out, which nothing in here can change. That
// the browser's interfaces are taken out of its scope as well makes what a class may try an ordinary error of Python's.

const MOST_PAGES = 16384;     // of 64 KB: the 1 GB that Python may take
const FIRST_PAGES = 320;      // what Pyodide begins with
const HERE = 'box:/';         // no address: only the names after it count
const TYPES = { json: 'application/json', wasm: 'application/wasm' };

// What stays of the worker's scope: the language, and what Pyodide itself calls.
const KEPT = new Set(`
  Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error
  AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError globalThis JSON Math Intl
  ArrayBuffer Atomics Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Float16Array Float32Array
  Float64Array Uint8ClampedArray BigUint64Array BigInt64Array DataView Map BigInt Set Iterator WeakMap WeakSet WeakRef
  FinalizationRegistry Proxy Reflect decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval isFinite
  isNaN WebAssembly DisposableStack AsyncDisposableStack
  self constructor console performance crypto setTimeout clearTimeout setInterval clearInterval queueMicrotask scheduler
  MessageChannel MessagePort MessageEvent EventTarget Event addEventListener removeEventListener dispatchEvent
  TextEncoder TextDecoder URL DOMException WorkerGlobalScope DedicatedWorkerGlobalScope location navigator
  _createPyodideModule loadPyodide
`.split(/\s+/));

self.onmessage = async ({ data: { files, module }, ports: [port] }) => {
  self.onmessage = null;
  try {
    const run = await start(files, module);
    port.onmessage = ({ data: { source, batch, limit } }) => {
      port.onmessage = null;
      port.postMessage(answer(run, source, batch, limit));
    };
    port.postMessage({ ready: true });
  } catch (error) {
    port.postMessage({ broken: String(error) });
  }
};

/** Starts Python on the files that the page has sent; returns what runs a class. */
async function start(files, module) {
  self.fetch = async (address) => {
    const name = String(address).split('/').pop();
    if (!(name in files)) throw new TypeError(`${name} is not in the box`);
    return new Response(files[name], { headers: { 'Content-Type': TYPES[name.split('.').pop()] ?? 'application/octet-stream' } });
  };
  WebAssembly.instantiateStreaming = async (answer, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
  files['pyodide.asm.wasm'] = '';   // asked for, though it is compiled already
  const create = self._createPyodideModule;
  const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
  self._createPyodideModule = (settings) => create(Object.assign(settings, { wasmMemory: memory }));
  const python = await self.loadPyodide({
    indexURL: HERE, packageBaseUrl: HERE, lockFileContents: files['pyodide-lock.json'], jsglobals: {}, stdout() {}, stderr() {},
  });
  await python.loadPackage(['nncore'], { messageCallback() {}, checkIntegrity: false });   // the page has checked the bytes
  const names = python.toPy({});
  python.runPython(files['layer_run.py'], { globals: names, filename: 'layer_run.py' });
  const run = names.get('run_in_box');
  names.destroy();
  takeAway();
  return { python, run };
}

/** Takes all but KEPT out of the worker's scope. */
function takeAway() {
  for (let place = self; place && place !== Object.prototype; place = Object.getPrototypeOf(place)) {
    for (const name of Reflect.ownKeys(place)) {
      if (!KEPT.has(name)) Reflect.deleteProperty(place, name);
    }
  }
  self.console = new Proxy({}, { get: () => () => {} });   // Pyodide writes there when a class breaks it
}

/** What a run of the class gives: numbers, or that its time was over, or what broke Python itself. */
function answer({ python, run }, source, batch, limit) {
  const end = performance.now() + limit;
  let late = false;
  // Python looks here every few steps whether somebody presses Ctrl-C: a loop without end is left from within, since
  // not every browser can end a worker that is in one.
  python.setInterruptBuffer({ get 0() { late ||= performance.now() > end; return late ? 2 : 0; }, set 0(none) {} });
  try {
    const found = run(source, batch);
    const [text, bytes] = [String(found.get(0)), found.get(1).toJs()];
    return late ? { late } : { text, bytes };
  } catch (error) {
    return late ? { late } : { broken: String(error.message ?? error) };
  }
}
