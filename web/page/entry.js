// Loads PyScript under a content policy without 'unsafe-eval': core.js registers one worker hook that
// would need it, so it is cleared before the page's scripts start. From here on it is Python:
// main.py (MicroPython, the page) and worker.py (Pyodide, the engine).
import { hooks } from './pyscript/core.js';

hooks.worker.onBeforeRunAsync.clear();
