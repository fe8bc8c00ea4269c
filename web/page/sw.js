// Keeps the whole site in the browser, so that a second visit starts without the network, or without there being one.
// A worker of this kind can only be JavaScript.
//
// The build writes into FILES the SHA-256 of each file. A file is kept under its path and hash: a new version fetches
// only what differs. A page stays with the version that it began with; the next visit uses the new one.
//
// Of one file the browser has more than we can keep: beside its own copy of the engine it holds the compiled code, which
// makes a second visit half a second shorter. It is left to the browser while the host delivers that very version.

const FILES = {};   // path -> hash
const CACHE = 'nncore-lab';
const ENGINE = 'pyodide/pyodide.asm.wasm';
let delivered = false;   // whether the host, asked at the beginning of this visit, has our version of it

const scope = new URL('./', self.location).href;
const key = (path) => `${scope}${path}?sha256=${FILES[path]}`;

self.addEventListener('install', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE);
  for (const path of Object.keys(FILES)) {
    if (await cache.match(key(path))) continue;
    const answer = await fetch(scope + path, { cache: 'no-cache' });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    await cache.put(key(path), answer);
  }
})()));

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  const cache = await caches.open(CACHE), wanted = new Set(Object.keys(FILES).map(key));
  for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
})()));

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
  if (!(path in FILES) || (path === ENGINE && delivered)) return;
  event.respondWith((async () => (await (await caches.open(CACHE)).match(key(path))) ?? fetch(event.request))());
});
