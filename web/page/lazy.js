// Loads what is only needed once a person asks for it, so that the page itself starts small. JavaScript because
// import() is a word of that language, and Python in the page has no other way to it.

/** A module of this site, by its path from index.html. */
export const module = (path) => import(path);

/** A style sheet of this site; settles once it counts, so that nothing is seen unstyled. */
export const style = (path) => new Promise((done, failed) => {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: path, onload: () => done(), onerror: () => failed(new Error(`${path} could not be loaded`)) });
  document.head.append(link);
});

/** The texts of Python modules of this site, and its style sheets taken up: all at the same time. */
export const files = (modules, sheets) => Promise.all([...modules.map(text), ...sheets.map(style)]);

/** The text of a file of this site. */
export async function text(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} could not be loaded: ${answer.status}`);
  return answer.text();
}
