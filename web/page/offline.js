// Has the browser keep the site (sw.js) for the next visit, and hears when the host has a newer version of it. The worker
// that does so can only be called from JavaScript.

/** Keeps the site, once the page needs the network no more; where the browser can't or may not, all works without.
 *  `isNewer()` hears that another version than this page's is at hand, or has been taken up by another tab. */
export async function keep(isNewer = () => {}) {
  try {
    const workers = navigator.serviceWorker, isFirst = !workers?.controller;
    const registration = await workers?.register('./sw.js');
    if (!registration) return;
    const isReady = () => { if (registration.waiting) isNewer(); };
    isReady();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', isReady));
    workers.addEventListener('controllerchange', () => { if (!isFirst) isNewer(); });
    document.addEventListener('visibilitychange', () => {   // a page may stay open for days
      if (!document.hidden) registration.update().catch(() => {});
    });
  } catch { /* as without: in some frames even asking for it is refused */ }
}

/** Opens the page anew in the version that the host has now. */
export async function useNewer() {
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting;
  if (!waiting) {
    location.reload();
    return;
  }
  waiting.addEventListener('statechange', () => { if (waiting.state === 'activated') location.reload(); });
  waiting.postMessage('take over');
}
