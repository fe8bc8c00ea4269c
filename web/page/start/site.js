// The files of this site, each held against the hash that the build wrote down, before anything is made of it.
//
// A host may have lost a file, cut it, mixed two versions or put a log-in page in its place, and it may fall silent. So
// bytes are taken as they come, for the silence to be noticed, and are given on only where they are the file's own. A
// failure names the file; a second try passes by what the browser keeps, so that an accident is not kept either.
/* global SITE_FILES */

export const FILES = SITE_FILES;   // path -> its SHA-256 in base64, put in by web/bundle/starting.py
export const TYPES = {
  css: 'text/css', html: 'text/html; charset=utf-8', js: 'text/javascript', json: 'application/json', mjs: 'text/javascript',
  png: 'image/png', py: 'text/x-python; charset=utf-8', svg: 'image/svg+xml', wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};
// Compiled code is kept beside the browser's own copy of it alone, so this one is given as the browser has it.
const COMPILED = 'pyodide/pyodide.asm.wasm';

const SILENCE = 8000;   // ms without a byte, after which a host counts as silent

const ownFetch = self.fetch.bind(self);

/** Why a file of this site can't be had, in words that follow its name. */
export class Unavailable extends Error {
  constructor(path, why) {
    super(`${path} ${why}`);
    this.path = path;
    this.why = why;
  }
}

export const MISSING = 'is missing on the host', OTHER = 'is not the file of this version', SILENT = 'does not come: the host is silent',
  UNREACHABLE = 'can’t be reached';

/** Browsers run no script and take no style sheet that a host calls something else. */
function checkType(path, answer) {
  const type = answer.headers.get('Content-Type') ?? 'nothing';
  const right = /\.m?js$/.test(path) ? /^(?:text|application)\/(?:x-)?(?:java|ecma)script\b/i : /\.css$/.test(path) ? /^text\/css\b/i : null;
  if (right && !right.test(type)) {
    if (/^text\/html\b/i.test(type)) throw new Unavailable(path, OTHER);   // a page in its place
    throw new Unavailable(path, `is called ${type} by the host, and browsers take nothing of the kind that is called so`);
  }
}

/** A file's bytes as the host or the browser's own store gives them; rejects where there are none. */
async function bytesOf(scope, path, cache, silence) {
  const stop = new AbortController();
  let timer, answer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), silence);
  };
  wait();
  try {
    answer = await ownFetch(scope + path, { cache, signal: stop.signal });
    if (!answer.ok) throw new Unavailable(path, answer.status === 404 ? MISSING : `is refused by the host (${answer.status})`);
    checkType(path, answer);
    const parts = [], reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      wait();
    }
    return await new Blob(parts).arrayBuffer();
  } catch (error) {
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(path, stop.signal.aborted ? SILENT : answer ? 'breaks off on the way' : UNREACHABLE);
  } finally {
    clearTimeout(timer);
  }
}

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));

/** The bytes if they are the file's own, else null. Where the page is not served securely the browser has no digest: there
 *  it is asked for the file once more, from its store, and holds it against the hash itself. */
async function ownBytes(scope, path, bytes) {
  if (self.crypto?.subtle) return base64(await crypto.subtle.digest('SHA-256', bytes)) === FILES[path] ? bytes : null;
  const options = { cache: 'force-cache', integrity: `sha256-${FILES[path]}` };
  return ownFetch(scope + path, options).then((answer) => answer.arrayBuffer()).catch(() => null);
}

/**
 * The bytes of a file of this site, which lies at `scope`; rejects with Unavailable. `stores` says how often and past which
 * of the browser's stores it is tried; `silence` how long the host may say nothing.
 */
export async function read(scope, path, stores = ['default', 'reload'], silence = SILENCE) {
  let failure;
  for (const store of stores) {
    try {
      const bytes = await ownBytes(scope, path, await bytesOf(scope, path, store, silence));
      if (bytes) return bytes;
      failure = new Unavailable(path, OTHER);
    } catch (error) {
      failure = error;
      if (error.why === SILENT) break;
    }
  }
  throw failure;
}

/** A `fetch` that gives files of the site at `scope` only as they should be, and asks no other host for anything. */
export function guardedFetch(scope) {
  return async (input, options) => {
    const url = new URL(input.url ?? input, scope).href.split(/[?#]/)[0];
    if (/^(?:blob|data):/.test(url)) return ownFetch(input, options);
    if (!url.startsWith(scope)) throw new TypeError(`${url} lies outside this site, which asks no other host for anything`);
    const path = url.slice(scope.length);
    if (!Object.hasOwn(FILES, path)) return ownFetch(input, options);
    const type = TYPES[path.split('.').pop()] ?? 'application/octet-stream';
    const [own, bytes] = await Promise.all([path === COMPILED ? ownFetch(input, options) : null, read(scope, path)]);
    if (own?.headers.get('Content-Type')?.startsWith(type)) return own;
    return new Response(bytes, { headers: { 'Content-Type': type } });
  };
}
