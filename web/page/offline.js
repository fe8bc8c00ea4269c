// Has the browser keep the site (sw.js) for the next visit. The worker that does so can only be called from JavaScript.

/** Keeps the site, once the page needs the network no more; where the browser can't or may not, all works without. */
export async function keep() {
  try {
    await navigator.serviceWorker?.register('./sw.js');
  } catch { /* as without: in some frames even asking for it is refused */ }
}
