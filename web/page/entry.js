// Loads PyScript under a content policy without 'unsafe-eval': core.js registers one worker hook that would need it,
// so it is cleared before the page's scripts start. And hands MicroPython the compiled modules of the page and of
// PyScript, all of which a built site has in sources.js (web/bundle/surface.py); PyScript's are imported here, before
// it would compile them itself. From here on it is Python: main.py (MicroPython, the page) and worker.py (Pyodide, the
// engine).
import { lookNoMore } from './guard.js';   // first, see there
import { hooks } from './pyscript/core.js';
import { codes, folders, paths } from './sources.js';

hooks.worker.onBeforeRunAsync.clear();
hooks.main.onReady.add(({ interpreter }) => {
  const { FS } = interpreter;
  for (const folder of folders) FS.mkdir(folder);
  paths.forEach((path, n) => FS.writeFile(path, Uint8Array.from(atob(codes[n]), (letter) => letter.charCodeAt(0))));
  interpreter.runPython('import pyscript');
  lookNoMore();
});
