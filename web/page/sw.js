// Keeps the whole site in the browser, so that a second visit starts without the network, or without there being one.
// A worker of this kind can only be JavaScript.
//
// The build writes into FILES the SHA-256 of each file. A file is kept under its path and hash: a new version fetches
// only what differs. A page stays with the version that it began with; the next visit uses the new one.

const FILES = {};   // path -> hash
const CACHE = 'nncore-lab';

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

self.addEventListener('fetch', (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== 'GET' || !url.startsWith(scope)) return;
  const path = url.slice(scope.length) || 'index.html';
  if (!(path in FILES)) return;
  event.respondWith((async () => (await (await caches.open(CACHE)).match(key(path))) ?? fetch(event.request))());
});
