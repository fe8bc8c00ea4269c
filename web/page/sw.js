// Keeps the whole site in the browser, so that a second visit starts without the network, or without there being one.
// A worker of this kind can only be JavaScript.
//
// The build writes into FILES the SHA-256 of each file. A file is kept under its path and hash: a new version fetches
// only what differs. A page stays with the version that it began with; a visit after the last page of an old version was
// closed uses the new one, or at once where the person says so.
//
// What is kept lies open to every page of this origin, and what a host delivers may be a log-in page. So nothing but bytes
// of the right hash is ever kept, and the hash is looked at again whenever they are given out: what differs is fetched
// anew and replaced. Headers are not kept at all.
//
// Of one file the browser has more than we can keep: beside its own copy of the engine it holds the compiled code, which
// makes a second visit half a second shorter. It is left to the browser while the host delivers that very version.

const FILES = {};   // path -> hash
const CACHE = 'nncore-lab';
const ENGINE = 'pyodide/pyodide.asm.wasm';
const TYPES = {
  css: 'text/css', html: 'text/html; charset=utf-8', js: 'text/javascript', json: 'application/json', mjs: 'text/javascript',
  png: 'image/png', py: 'text/x-python; charset=utf-8', svg: 'image/svg+xml', wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};
let delivered = false;   // whether the host, asked at the beginning of this visit, has our version of it

const scope = new URL('./', self.location).href;
const key = (path) => `${scope}${path}?sha256=${FILES[path]}`;

/** The bytes of an answer where they are the file's own, else null. */
async function bytesOf(path, answer) {
  if (!answer?.ok) return null;
  const bytes = await answer.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.startsWith(FILES[path]) ? bytes : null;
}

/** A file as the page is given it: its bytes, and what they are by its name. */
const given = (path, bytes) => new Response(bytes, {
  headers: { 'Content-Type': TYPES[path.split('.').pop()] ?? 'application/octet-stream' },
});

/** The bytes that are kept of a file, or null where there are none or others. */
const kept = async (path) => bytesOf(path, await (await caches.open(CACHE)).match(key(path)).catch(() => null));

/** Fetches a file, past the browser's own copies if need be, and keeps it; null where the host has it not, or another. */
async function fetched(path) {
  for (const cache of ['no-cache', 'reload']) {
    const bytes = await bytesOf(path, await fetch(scope + path, { cache }).catch(() => null));
    if (bytes) {
      await caches.open(CACHE).then((there) => there.put(key(path), given(path, bytes.slice()))).catch(() => {});
      return bytes;
    }
  }
  return null;
}

self.addEventListener('install', (event) => event.waitUntil((async () => {
  for (const path of Object.keys(FILES)) {
    if (!(await kept(path) ?? await fetched(path))) throw new Error(`the host does not deliver ${path} of this version`);
  }
})()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE), wanted = new Set(Object.keys(FILES).map(key));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
})()));

self.addEventListener('message', ({ data }) => { if (data === 'take over') self.skipWaiting(); });

async function askHost() {
  delivered = false;
  const answer = await fetch(self.location.href, { cache: 'no-cache' }).catch(() => null);
  delivered = Boolean(answer?.ok && (await answer.text()).includes(FILES[ENGINE]));
}

self.addEventListener('fetch', (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== 'GET' || !url.startsWith(scope)) return;
  const path = url.slice(scope.length) || 'index.html';
  if (event.request.mode === 'navigate') event.waitUntil(askHost());
  if (!Object.hasOwn(FILES, path) || (path === ENGINE && delivered)) return;
  event.respondWith((async () => {
    const bytes = await kept(path) ?? await fetched(path);
    return bytes ? given(path, bytes) : fetch(event.request);   // of another version, as if nothing were kept
  })());
});
