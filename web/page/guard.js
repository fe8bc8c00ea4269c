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
const TAG = /<\/?([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/iy;   // attributes stand in double quotes, or have no value
const ATTRIBUTE = /\s+([\w:-]+)(?:="([^"]*)")?/g;
const ACTS = /^(?:on.*|srcdoc|style|formaction|m?py-.*)$/i;   // attributes that make something happen, or load it
const REFERS = /^(?:href|xlink:href|src|action|data|poster)$/i;   // … and those that do unless they stay on the page

function createHTML(text) {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const [, tag, attributes] = TAG.exec(text) ?? [];
    if (!TAGS.has(tag?.toLowerCase())) throw new TypeError(`${text.slice(at, at + 40)} is no part of this page's own HTML`);
    for (const [, name, value = ''] of attributes.matchAll(ATTRIBUTE)) {
      if (ACTS.test(name) || (REFERS.test(name) && !value.startsWith('#'))) throw new TypeError(`${tag} ${name} is no part of this page's own HTML`);
    }
  }
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

// PyScript makes a class of it while it loads, which nothing at all would stop; that it is missing is told later: support.js.
self.Worker ??= null;

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
