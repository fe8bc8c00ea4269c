// Keeps runs in this browser, so that a reload, a crash, a closed tab or a night's sleep does not lose them. JavaScript
// because the browser's database speaks in events, and the runs are bytes that Python on the page need not touch.
//
// What is kept lies open to every page of this origin: it is looked at when it is read (`sound`), and the engine believes
// nothing of a run's bytes (engine/checkpoint.py). Where the browser keeps nothing, every call rejects.

const NAME = 'nncore-lab', STORE = 'runs', MOST = 5, MOST_KEPT = 5, MOST_POINTS = 4000, MOST_TEXT = 8e6;

const settled = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

let opened = null;

function open() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = request.onblocked = () => failed(request.error ?? new Error('the database is blocked'));
  });
  return opened;
}

const store = async (mode) => (await open()).transaction(STORE, mode).objectStore(STORE);

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isText = (value) => typeof value === 'string' && value.length < MOST_TEXT;
const isCurve = (value) => value instanceof Float64Array && value.length <= MOST_POINTS && value.every(Number.isFinite);
const areCurves = (curves) => ['epochs', 'train', 'validation'].every((name) => isCurve(curves?.[name]) && curves[name].length === curves.epochs.length);

const sound = (run) => isText(run?.key) && isText(run.link) && isCount(run.when) && isCount(run.epoch) && isCount(run.updates)
  && run.packed instanceof Uint8Array && isText(run.kept) && Array.isArray(run.curves) && run.curves.length <= MOST_KEPT && run.curves.every(areCurves);

/** Keeps a run under its key, in place of an earlier one; of all runs only the newest stay. */
export async function put(key, link, epoch, updates, packed, kept, curves) {
  const runs = await store('readwrite');
  await settled(runs.put({ key, link, epoch, updates, packed, kept, curves: [...curves], when: Date.now() }));
  const all = await settled(runs.getAll());
  const old = all.sort((one, other) => other.when - one.when).slice(MOST);
  await Promise.all(old.map((run) => settled(runs.delete(run.key))));
}

/** The run that is kept under a key, the newest of all without one; null where there is none, or one that is damaged. */
export async function get(key) {
  const runs = await store('readonly');
  const found = key ? [await settled(runs.get(key))] : (await settled(runs.getAll())).sort((one, other) => other.when - one.when);
  return found.find(sound) ?? null;
}

export const remove = async (key) => settled((await store('readwrite')).delete(key));

/** Calls back when the page may be about to go: it is hidden, left or frozen. */
export function beforeLeaving(heard) {
  document.addEventListener('visibilitychange', () => { if (document.hidden) heard(); });
  addEventListener('pagehide', () => heard());
}
