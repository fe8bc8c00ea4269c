// The first script of the page, which stands in index.html itself, since it tells of what does not arrive. It knows every
// file of the site by its hash (site.js), watches the start until the page is alive, and says what went wrong, in words
// and with a button, where there is no Python yet to do so.
/* global SITE_START */
import { FILES, MISSING, OTHER, SILENT, UNREACHABLE, guardedFetch, read } from './site.js';
import { sentence, told as toldOf } from './parts.js';

const START = SITE_START;   // the files without which the page does not come alive, put in by web/bundle/starting.py
const scope = new URL('./', document.baseURI).href;
const LOOK = 250;         // ms between two looks at how the start goes on
const STILL = 1500;       // ms in which nothing arrives, after which what has come is looked at,
const GLANCE = 1000;      // … no longer than that,
const SILENT_FOR = 3500;  // … after which the host is asked again,
const SILENCE = 4000;     // … ms in which it has to answer then,
const RELOADED = 'nncore-reloaded';
const HOPELESS = 40000;   // … and after which a page with all its files will not come alive

const ADVICE = {
  [MISSING]: 'Try again; if you host this page, upload the whole folder once more.',
  [OTHER]: 'A newer version may just have been uploaded, or a log-in page or a filter answered in its place. Open any other page to see whether the network wants you to log in, then try again.',
  [SILENT]: 'Check the connection, then try again.',
  [UNREACHABLE]: 'Check the connection, then try again.',
};
const AS_FILE = 'This page can’t run from a file: browsers load its parts only from a server. In the folder that holds index.html, run “python3 -m http.server” and open localhost:8000 in the browser, or put the folder on any web host.';
const NO_WASM = 'This browser has no WebAssembly, or it is switched off, and Python can’t run without it. Another browser, or the same without its strictest protection, will do.';
const OLD = 'This browser is too old to load this page. Any browser of the last two years will do.';
const CUT = 'The page itself broke off on the way. Try again.';

const isAlive = () => document.documentElement.dataset.page === 'alive';
const hasStyle = () => getComputedStyle(document.documentElement).getPropertyValue('--page') !== '';   // a colour of the style sheet's
const isWell = () => isAlive() && hasStyle();
let told = false, looking = false;

/** Says that the page does not start, and why; the button tries again. */
function tell(words, retry = true) {
  if (told || isWell()) return;
  told = true;
  const show = () => {
    const status = document.getElementById('status'), message = document.getElementById('message') ?? document.body;
    if (status) Object.assign(status, { textContent: 'The page did not start' }).dataset.state = 'failed';
    document.getElementById('engine-progress')?.setAttribute('hidden', '');
    const accident = Object.assign(document.createElement('p'), { id: 'accident', textContent: words });
    const isPlain = !hasStyle();
    const button = (!isPlain && document.getElementById('retry')) || Object.assign(document.createElement('button'), { textContent: 'Try again' });
    button.addEventListener('click', () => loadAnew(null));   // which may be put right by itself once more
    if (isPlain) showPlainly(accident, retry ? [button] : []);
    else message.append(accident);
    if (!retry) return;
    if (!button.isConnected) message.append(button);
    for (let at = button; at && at !== document.body; at = at.parentElement) at.hidden = false;
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', show);
  else show();
}

/** Where the style is what does not come, the sentence alone is better than all else without it. */
function showPlainly(accident, buttons) {
  const name = Object.assign(document.createElement('h1'), { textContent: document.title });
  for (const sheet of document.querySelectorAll('link[rel=stylesheet]')) sheet.remove();   // nothing is painted while one is awaited
  for (const part of document.body.children) part.hidden = true;   // not removed: Python may be about to fill it
  document.body.prepend(name, accident, ...buttons);
  Object.assign(document.body.style, { maxWidth: '36rem', margin: '3rem auto', padding: '0 1.2rem', font: '1.1rem/1.5 system-ui, sans-serif' });
  for (const button of buttons) Object.assign(button.style, { font: 'inherit', padding: '.4rem 1rem' });
}

/** Takes note for the page when it is loaded anew; whether that could be done: in a frame without an origin nothing stays. */
function note(state) {
  try {
    history.replaceState(state, '');
    return self.origin !== 'null';
  } catch {
    return false;
  }
}

/** Loads the page anew, past what the browser keeps of it: it may be of an older version than its files. */
async function loadAnew(state) {
  await fetch(scope, { cache: 'reload' }).catch(() => {});
  note(state);
  location.reload();
}

/** The same without being asked to; whether it does, for once must be enough. */
async function reload() {
  const isAnew = note(history.state) ? history.state === RELOADED : performance.getEntriesByType('navigation')[0]?.type !== 'navigate';
  if (isAnew) return false;
  await loadAnew(RELOADED);
  return true;
}

/** Asks for each file of the start; what is the matter with those that can't be had. */
async function failures(stores, silence) {
  const asked = START.map((path) => read(scope, path, stores, silence).then(() => null, (failure) => failure));
  return (await Promise.all(asked)).filter(Boolean);
}

/** Tells of the first file that can't be had; where all can, `why` is told, if anything. */
async function look(stores, why = '', silence = SILENCE, counts = () => true) {
  if (looking || told) return;
  looking = true;
  const [failure] = (await failures(stores, silence)).filter(counts);
  looking = false;
  if (failure) {
    if (failure.why !== OTHER || !(await reload())) tell(`${sentence(failure)} ${ADVICE[failure.why] ?? 'Try again.'}`);
  } else if (why && !(await reload())) tell(`The page could not start: ${why} Try again; if that does not help, another browser may.`);
}

/** After an error: an accident that the browser keeps is passed by, and what it keeps is replaced. */
function onError(why) {
  if (!isWell()) look(['default', 'reload'], why);
}

// What is looked at when nothing has arrived for so long; each once.
const STAGES = [
  [STILL, () => look(['default'], '', GLANCE, ({ why }) => why !== SILENT)],   // a file on its way keeps a second request waiting
  [SILENT_FOR, () => look(['no-store'])],
  [HOPELESS, () => look(['default', 'reload'], 'it had all its files and did nothing.')],
];

function watch() {
  let latest = performance.now();
  const stages = [...STAGES];
  addEventListener('error', ({ target, message }) => onError(target === self ? `${message}.` : 'one of its files did not load.'), true);
  addEventListener('unhandledrejection', ({ reason }) => onError(`${reason?.message ?? reason}.`));
  const arrived = ({ responseStatus }) => responseStatus !== 0;   // what was given up counts for nothing
  const observe = (list) => { if (list.getEntries().some(arrived)) latest = performance.now(); };
  if (self.PerformanceObserver) new PerformanceObserver(observe).observe({ type: 'resource' });
  addEventListener('DOMContentLoaded', () => { if (!document.getElementById('exhibit')) tell(CUT); });
  const clock = setInterval(() => {
    if (isAlive() && !hasStyle()) onError('its style was not taken.');
    if (isAlive() || told) clearInterval(clock);
    else if (stages.length && performance.now() - latest > stages[0][0]) stages.shift()[1]();
  }, LOOK);
}

if (location.protocol === 'file:') tell(AS_FILE, false);
else if (typeof WebAssembly !== 'object') tell(NO_WASM, false);
else if (!('noModule' in HTMLScriptElement.prototype)) tell(OLD, false);
else {
  self.fetch = guardedFetch(scope);
  self.site = Object.freeze({ hash: (path) => FILES[path], read: (path) => read(scope, path), told: toldOf });
  watch();
}
