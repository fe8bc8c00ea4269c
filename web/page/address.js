// The address bar: where the page stands, and the link to it. A browser may refuse a change: in some frames, after a
// hundred in a few seconds, or for a link that is too long; the page is then what it is, and its link is told all the same.

/** Puts a hash into the address bar, as a new step for the back button or in place of the last; whether it could. */
export function put(hash, isStep) {
  try {
    history[isStep ? 'pushState' : 'replaceState'](null, '', hash);
    return true;
  } catch {
    return false;
  }
}

/** This page's address with that hash; within a frame the page's own, which is not what the address bar shows. */
export const link = (hash) => location.href.split('#')[0] + hash;
