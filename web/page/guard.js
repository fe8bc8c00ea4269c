// A second door behind the first: even where something foreign should come into the document, it stays words. The first
// is that whatever becomes HTML is escaped (ui/markup.py); what this file does holds for PyScript and libraries as well.
// It comes before all other scripts, since it watches what they begin.

// What our own HTML is made of. No script, frame, object, form, link to a resource, nor a name that PyScript gives meaning.
const TAGS = new Set(`
  a abbr article aside b br button canvas caption circle code col colgroup dd details div dl dt em fieldset figcaption figure
  footer g h1 h2 h3 h4 h5 h6 header hr i img input kbd label legend li line main mark meter nav ol optgroup option output p path
  polygon polyline pre progress q rect s samp section select small span strong sub summary sup svg symbol table tbody td text
  textarea tfoot th thead time title tr tspan u ul use var
`.trim().split(/\s+/));
const TAG = /<\/?([^\s/>]*)/g;
const FORBIDDEN = /\son\w+\s*=|\s(?:srcdoc|formaction|py-\w+|mpy-\w+)\s*=|(?:javascript|data)\s*:/i;

function createHTML(text) {
  for (const [, name] of text.matchAll(TAG)) {
    if (!TAGS.has(name.toLowerCase())) throw new TypeError(`<${name}> is no part of this page's own HTML`);
  }
  if (FORBIDDEN.test(text)) throw new TypeError('that attribute is no part of this page\'s own HTML');
  return text;
}

// The workers: PyScript's, which are blobs and so under the page's policy, and the one that keeps the site. A worker that
// is loaded by its own address has no policy at all on a host that sends none.
function createScriptURL(address, type, sink) {
  if (sink.startsWith('Worker') ? address.startsWith('blob:') : address === './sw.js' && sink.startsWith('ServiceWorker')) return address;
  throw new TypeError(`${address} is no script of this page's own`);
}

// What the document is not given by hand goes through these; no policy makes scripts of texts, so that none is made.
self.trustedTypes?.createPolicy('default', { createHTML, createScriptURL });

const { MutationObserver } = self, { attachShadow } = Element.prototype, observers = [];
self.MutationObserver = class extends MutationObserver {
  constructor(heard) {
    super(heard);
    observers.push(this);
  }
};

/** Ends PyScript's look-out for scripts, tags and attributes that come later: the page's own script has been taken up. */
export function lookNoMore() {
  for (const observer of observers.splice(0)) observer.disconnect();
  self.MutationObserver = MutationObserver;
  Element.prototype.attachShadow = attachShadow;
}
