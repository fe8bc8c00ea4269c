// What a browser may lack, or say wrongly of itself, made up for once and before anything else of the page runs: all that
// comes after asks for it as if it were there. JavaScript because uPlot asks while it loads.
//
// Python in the page can't catch what JavaScript throws: it passes through every `except`. So whatever may throw when it is
// touched (storage, the clipboard, the address bar, service workers) has functions that do not, in choice_store.js, sharing.js,
// address.js and offline.js.

const LEAST_RATIO = 0.1, MOST_RATIO = 20;   // pixels to a CSS pixel: from far out on a projector to close up on a phone

/** Gives a property of the browser's another value; where it may not be changed it stays as it is. */
function restate(object, name, value) {
  try {
    Object.defineProperty(object, name, { value, configurable: true, writable: true });
  } catch { /* then it counts as it is */ }
}

// The page is written in English, its numbers too. uPlot formats numbers with this, and stops where it is no language.
restate(navigator, 'language', 'en');

if (!(self.devicePixelRatio >= LEAST_RATIO && self.devicePixelRatio <= MOST_RATIO)) restate(self, 'devicePixelRatio', 1);

// No question of a style sheet's answered with yes: light, with motion, wide.
self.matchMedia ??= (media) => Object.assign(new EventTarget(), { media, matches: false });
if (self.MediaQueryList && !MediaQueryList.prototype.addEventListener) {   // some have the older pair of names alone
  MediaQueryList.prototype.addEventListener = function (_, heard) { this.addListener(heard); };
  MediaQueryList.prototype.removeEventListener = function (_, heard) { this.removeListener(heard); };
}

// Elements change their size with the window at least.
self.ResizeObserver ??= class {
  constructor(heard) { this.heard = heard; }
  observe() {
    if (!this.observes) addEventListener('resize', () => this.heard([]));
    this.observes = true;
    setTimeout(() => this.heard([]));
  }
};

// What can't be watched is taken to be on view.
self.IntersectionObserver ??= class {
  constructor(heard) { this.heard = heard; }
  observe(target) { setTimeout(() => this.heard([{ target, isIntersecting: true }])); }
};

/** What the engine needs and the browser has not, in words; '' where all is there. */
export const lacking = () => (self.Worker ? '' : 'workers, which run Python beside the page');
