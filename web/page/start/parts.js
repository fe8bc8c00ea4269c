// What a file of the site is to a person, for the sentence that says that it can't be had.
import { FILES } from './site.js';

const PARTS = [
  ['page.css', 'the page’s style'],
  ['sources.js', 'the page’s own Python'],
  ['micropython/', 'MicroPython, which runs the page,'],
  ['pyscript/', 'PyScript, which starts Python,'],
  ['pyodide/numpy', 'NumPy'],
  ['pyodide/nncore', 'the library nncore'],
  ['pyodide/engine', 'the lab’s engine'],
  ['pyodide/python_stdlib', 'Python’s library'],
  ['pyodide/', 'Pyodide, the engine’s Python,'],
  ['worker.', 'the start of the engine'],
  ['codemirror/', 'the code editor'],
  ['exhibits/box/', 'the box that a class runs in'],
  ['exhibits/', 'one of its parts'],
];

/** A failure as a sentence: which part, which file, what is the matter with it. */
export function sentence({ path, why }) {
  const [, part] = PARTS.find(([beginning]) => path.startsWith(beginning)) ?? [null, 'a script of the page'];
  return `${part[0].toUpperCase()}${part.slice(1)} could not be loaded: the file ${path} ${why}.`;
}

/** The same of a failure's message, "path why", as it comes out of a worker; '' where it is another's. */
export function told(message) {
  const [, path, why] = /^(\S+) ((?:is|does|can|breaks) .+)$/.exec(message) ?? [];
  return path in FILES ? sentence({ path, why }) : '';
}
