// The few choices that the browser keeps from one visit to the next. A browser may refuse: in a frame on another site,
// with cookies blocked, or where the store is full; then nothing is kept and nothing else is different. What comes back may
// be anything, since every page of this host writes into the same store.

/** What is kept under a name, or '' where there is nothing or it can't be read. */
export function get(name) {
  try {
    return String(localStorage.getItem(name) ?? '');
  } catch {
    return '';
  }
}

/** Keeps a text under a name; whether it could. */
export function put(name, text) {
  try {
    localStorage.setItem(name, text);
    return true;
  } catch {
    return false;
  }
}
