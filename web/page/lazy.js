// Loads what is only needed once a person asks for it, so that the page itself starts small. JavaScript because
// import() is a word of that language, and Python in the page has no other way to it.

/** A module of this site, by its path from index.html. */
export const module = (path) => import(path);

/** A style sheet of this site; settles once it counts, so that nothing is seen unstyled. */
const style = (path) => new Promise((done, failed) => {
  const link = Object.assign(document.createElement('link'), {
    rel: 'stylesheet', href: `./${path}`, integrity: `sha256-${self.site.hash(path)}`,
    crossOrigin: 'anonymous',   // in a frame without an origin the site itself is another
  });
  link.onload = () => done();
  link.onerror = () => {
    link.remove();
    failed(new Error(`${path} could not be loaded`));
  };
  document.head.append(link);
});

/**
 * The texts of Python modules of this site, once its style sheets are taken up and its scripts are at hand, all by their
 * paths. A script that can't be had is noticed here, where it can be asked for again: a browser's import() need not try twice.
 */
export async function files(modules, sheets, scripts) {
  const texts = modules.map((path) => text(`./${path}`));
  await Promise.all([...texts, checked([...sheets, ...scripts])]);
  await Promise.all(sheets.map(style));
  return Promise.all(texts);
}

/** Settles once files of this site, by their paths, are at hand and as they should be. */
export const checked = (paths) => Promise.all(paths.map((path) => self.site.read(path)));

/** The text of a file of this site. */
export async function text(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} could not be loaded: ${answer.status}`);
  return answer.text();
}
