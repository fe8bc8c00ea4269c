// Hands a link out of the page: to the clipboard, or into a file.

const LASTS = 10_000;   // ms that a saved file's bytes are held for the browser

/** Copies a text; settles with whether it could. To be called while a click counts. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** The older way, which is left where a page is not served securely and in many frames. */
function copyByCommand(text) {
  const field = Object.assign(document.createElement('textarea'), { value: text, readOnly: true, className: 'hidden' });
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus({ preventScroll: true });
  }
}

/** Has the browser save a text as a file of that name. */
export function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), LASTS);
}
