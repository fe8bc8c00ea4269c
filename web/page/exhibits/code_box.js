// The page's end of the box in which a person's class runs: a frame without an origin, its worker, and the channel to
// that. JavaScript because frames, channels and bytes are handed over here that Python in the page would have to copy.
// What is run, when it is stopped and what an answer is worth is decided in Python: code_runs.py, code_report.py.

const SCRIPTS = { 'pyodide.asm.js': './pyodide/pyodide.asm.js', 'pyodide.js': './pyodide/pyodide.js',
  'boot.js': './exhibits/box/boot.js', 'layer_run.py': './exhibits/box/layer_run.py' };
const LOCK = 'pyodide-lock.json';
const BINARIES = ['pyodide.asm.wasm', 'python_stdlib.zip'];
const PACKAGES = ['numpy', 'nncore'];
const MOST_WORDS = 300;
const GRACE = 500;   // ms: Python in the box is left from within when its time is over; where it is not, its worker is ended

// The frame's text is made here of the site's own file, and the policies allow no other script than that by its hash.
const policy = self.trustedTypes?.createPolicy('box', { createHTML: (text) => text }) ?? { createHTML: (text) => text };

async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} could not be loaded: ${answer.status}`);
  return answer;
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A package's bytes, held against the hash in the lock file: in the box Pyodide is handed bytes and can't ask for that. */
async function packageBytes({ file_name, sha256 }) {
  const bytes = await (await get(`./pyodide/${file_name}`)).arrayBuffer();
  // where the page is not served securely the browser has no such function
  if (crypto.subtle && hex(await crypto.subtle.digest('SHA-256', bytes)) !== sha256) throw new Error(`${file_name} is damaged`);
  return bytes;
}

/** All that Python in the box is made of: scripts and sources as text, the rest as bytes. */
async function files() {
  const lock = await (await get(`./pyodide/${LOCK}`)).text();
  const found = { [LOCK]: lock };
  const { packages } = JSON.parse(lock);
  await Promise.all([
    ...Object.entries(SCRIPTS).map(async ([name, path]) => { found[name] = await (await get(path)).text(); }),
    ...BINARIES.map(async (name) => { found[name] = await (await get(`./pyodide/${name}`)).arrayBuffer(); }),
    ...PACKAGES.map(async (name) => { found[packages[name].file_name] = await packageBytes(packages[name]); }),
  ]);
  return found;
}

/** Opens the frame; settles with it once its script runs. Its policy allows that script by its hash, as the page's does. */
async function openFrame(told) {
  const script = await (await get('./exhibits/box/frame.js')).text();
  const rules = `default-src 'none'; script-src 'sha256-${self.site.hash('exhibits/box/frame.js')}' 'wasm-unsafe-eval'; worker-src blob:`;
  const frame = Object.assign(document.createElement('iframe'), { hidden: true, title: 'The box of Layer code', sandbox: 'allow-scripts' });
  frame.srcdoc = policy.createHTML('<!doctype html><meta charset="utf-8">'
    + `<meta http-equiv="Content-Security-Policy" content="${rules}"><script>${script}</script>`);
  await new Promise((there) => {
    const listen = ({ source, data }) => {
      if (!frame.isConnected) removeEventListener('message', listen);   // it was removed: nothing more will come
      else if (source === frame.contentWindow) data?.there === true ? there() : told(data?.failed);
    };
    addEventListener('message', listen);
    document.body.append(frame);
  });
  return frame;
}

/** A Python for one run: our end of the channel to it. What it says next can be waited for, or how it was ended. */
class Interpreter {
  constructor(port) {
    this.port = port;
    this.ended = new Promise((end) => { this.end = end; });
  }

  next() {
    return Promise.race([new Promise((done) => { this.port.onmessage = ({ data }) => done(data ?? {}); }), this.ended]);
  }
}

/** The box: at most one Python at a time, each for one run; to end it ends whatever it still does. */
class Box {
  #frame = null;     // the promise of the frame, which has the files
  #present = null;   // the Python that waits for its run, or is at it
  #ready = null;     // the promise that it waits for its run
  #number = 0;       // of the Pythons so far

  /** Has a clean Python wait for a run; rejects with the reason where there can be none. */
  prepare() {
    return (this.#ready ??= this.#start());
  }

  async #start() {
    const { port1, port2 } = new MessageChannel(), number = ++this.#number;
    const python = this.#present = new Interpreter(port1);
    this.#frame ??= this.#open();
    try {
      const frame = await this.#frame;
      if (python === this.#present) frame.contentWindow.postMessage({ number }, '*', [port2]);
      const { ready, broken } = await python.next();
      if (broken !== undefined) throw new Error(typeof broken === 'string' ? broken.slice(0, MOST_WORDS) : 'it broke down');
      return ready === true ? python : null;
    } catch (error) {
      if (python === this.#present) this.close();
      throw error;
    }
  }

  /** The frame, which has got the files. */
  async #open() {
    const failed = (number) => { if (number === this.#number) this.end({ broken: 'its worker ended' }); };
    const [frame, given] = await Promise.all([openFrame(failed), files()]);
    frame.contentWindow.postMessage({ files: given }, '*');
    return frame;
  }

  /**
   * Runs a class's source in a Python that runs nothing else; its time in ms. Settles with { text, bytes } as they came, or
   * { late }, { stopped } or { broken: why }.
   */
  async run(source, batch, limit) {
    const python = await this.prepare();
    if (python === null || python !== this.#present) return { stopped: true };
    const timer = setTimeout(() => this.end({ late: true }), limit + GRACE);
    python.port.postMessage({ source, batch, limit });
    const answer = await python.next();
    clearTimeout(timer);
    if (python === this.#present) this.end();
    return 'text' in answer && !(answer.bytes instanceof Uint8Array) ? { broken: 'it gave no bytes' } : answer;
  }

  /** Ends the present Python; a run that waits for it settles with `answer`. */
  end(answer = { stopped: true }) {
    this.#present?.end(answer);
    this.#present?.port.close();
    this.#present = this.#ready = null;
    this.#frame?.then((frame) => { if (!this.#present) frame.contentWindow?.postMessage({}, '*'); }, () => {});
  }

  /** Removes the frame, and with it all that the box holds. */
  close() {
    this.end();
    this.#frame?.then((frame) => frame.remove(), () => {});
    this.#frame = null;
  }
}

export const open = () => new Box();
