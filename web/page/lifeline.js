// Whether a worker still lives. It says nothing of its own end: one that closed itself, ran out of memory or is in an
// endless loop just never answers again. So it is asked, time and again, and every call to it is one that its end settles.
// JavaScript because promises are raced here and a worker's events heard, which Python on the page could only do late.

const EACH = 400;        // ms from one question to the next
const LIMIT = 2400;      // ms without an answer after which it counts as dead,
const PATIENCE = 6;      // … or so many times as long as its slowest answer of late took, on a slow machine
const SLOWEST = 20000;   // … but no longer than this, and so long until it has given its first numbers: code that a browser
                         // runs for the first time may take ten times as long as later
const AT_WORK = 120000;  // ms that a call may take which keeps it from answering
const FORGETS = 0.98;    // what is left of the slowest answer with each further one

/** A worker's line of life: `ask()` gives a promise of its answer, `lost(why)` hears once that there will be none. */
export class Lifeline {
  constructor(thread, ask, lost) {
    this.thread = thread;
    this.ended = new Promise((_, reject) => { this.settle = reject; });
    this.ended.catch(() => {});
    this.long = new Set();   // when each of the long calls under way began
    this.lost = lost;
    this.ask = ask;
    this.onError = (event) => this.end(event.message || 'it broke down');
    thread.addEventListener('error', this.onError);
    this.slowest = 0;
    this.least = LIMIT;
    this.isCold = true;
    this.waited = 0;
    this.latest = performance.now();
    this.timer = setInterval(() => this.look(), EACH);
    this.question();
  }

  async question() {
    this.asked = true;
    this.waited = 0;
    const since = this.since = performance.now();
    try {
      await this.ask();
      if (!document.hidden) this.slowest = Math.max(FORGETS * this.slowest, performance.now() - since);
      if (this.isCold) this.least = Math.max(this.least, this.slowest);   // so long it may take for what comes later, too
      this.asked = false;
    } catch (error) {
      this.end(error.message);
    }
  }

  /** Counts only the time in which this page itself was awake: a tab in the background, a laptop's sleep or a debugger's
   *  pause keeps the page from hearing an answer that is there. */
  look() {
    const now = performance.now(), passed = now - this.latest;
    this.latest = now;
    if (!this.asked) {
      this.question();
      return;
    }
    this.waited += Math.min(passed, 2 * EACH);
    const atWork = [...this.long].some((began) => began <= this.since);   // later ones it would have answered before
    const usual = this.isCold ? SLOWEST : Math.min(SLOWEST, Math.max(this.least, PATIENCE * this.slowest));
    const limit = atWork ? AT_WORK : usual;
    if (this.waited > limit) this.end('it did not answer any more');
  }

  /** A call's promise, which the worker's end settles too; `long` is one that keeps it from answering meanwhile. */
  async held(promise, long) {
    const began = performance.now();
    if (long) this.long.add(began);
    try {
      return await Promise.race([promise, this.ended]);
    } finally {
      this.long.delete(began);
    }
  }

  /** It has given its first numbers. */
  warmedUp() {
    this.isCold = false;
  }

  /** Ends the worker, unless it has been: nothing of it is heard again. */
  end(why) {
    if (this.timer === null) return;
    this.stop();
    this.lost(why);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.thread.terminate();
    this.settle(new Error('the engine ended'));
  }
}

export const watch = (thread, ask, lost) => new Lifeline(thread, ask, lost);
