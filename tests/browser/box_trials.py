"""Runs snippets as classes that came with a link, in any browser, and looks for what they reached."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import snippets
import spec as specs

LINK = "#v=1&data=circle&layers=3-tanh&view=code"
LASTS = 90  # seconds: a run is stopped after 5, and another Python started; in WebKitGTK on a busy machine that takes long
SETTLES = 0.4  # seconds in which what goes on would show

# What a snippet can leave of itself outside: all of it as one object.
LEFT = """
(async () => {
  const found = { title: document.title, storage: { ...localStorage }, cookies: document.cookie, messages: [...(window.heardByTest ?? [])],
    tags: document.querySelectorAll('img[src=x], script[type=micropython], iframe:not([hidden])').length, caches: {} };
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.caches[request.url] = (await (await cache.match(request)).text()).slice(0, 60);
  }
  if (indexedDB.databases) found.databases = (await indexedDB.databases()).map(({ name }) => name);
  try {
    found.files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) found.files.push(name);
  } catch (error) {
    found.files = 'none here';
  }
  return JSON.stringify(found);
})()
"""
LISTEN = """
(async () => {
  window.heardByTest = [];
  new BroadcastChannel('lab').onmessage = ({ data }) => window.heardByTest.push(String(data));
  await (await caches.open('nncore-lab')).put('./kept', new Response('kept'));
  return '';
})()
"""


class Host:
    """A server that notes who asks for what, for the length of a block."""

    def __enter__(self):
        asked = self.asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            def log_message(self, *arguments):
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/"
        return self

    def __exit__(self, *error):
        self.server.shutdown()
        self.server.server_close()


class Trials:
    """Runs of snippets in an opened page. `evaluate(script)` gives the value of a script's promise in it."""

    def __init__(self, evaluate, page_address, host):
        self.evaluate, self.page_address, self.host = evaluate, page_address, host
        self.evaluate(LISTEN)

    def run(self, name):
        """Runs one; returns a dict of what it reached, what the page said, what was printed and the seconds it took."""
        source = snippets.source(snippets.SNIPPETS[name][1], self.host.address, self.page_address)
        return self.run_source(source)

    def run_source(self, source):
        """The same for a whole class."""
        spec = specs.changed(specs.parse(LINK)[0], "code-text", source)
        self.evaluate(f"(async () => {{ location.hash = {json.dumps('#' + specs.write(spec))}; return ''; }})()")
        self.wait(f"document.getElementById('code-run')?.disabled === false && decodeURIComponent(location.hash)"
                  f".includes({json.dumps(source[-40:])})")
        time.sleep(SETTLES)
        left, asked = self.left(), len(self.host.asked)
        begun = time.perf_counter()
        self.evaluate("(async () => { document.getElementById('code-run').click(); return ''; })()")
        self.wait("document.getElementById('code-run').disabled === false")
        seconds = time.perf_counter() - begun
        time.sleep(SETTLES)
        reached = [f"asked the host for {path}" for path in self.host.asked[asked:]]
        after = self.left()
        reached += [f"{key}: {left.get(key)} became {after[key]}" for key in after if after[key] != left.get(key)]
        said, printed = self.text("code-error") or self.text("code-status"), self.text("code-paper")
        reached += [line for line in printed.split("\n") if line.startswith("REACHED")]
        return {"reached": reached, "said": said, "printed": printed, "seconds": seconds}

    def left(self):
        return json.loads(self.evaluate(LEFT))

    def text(self, id):
        return self.evaluate(f"(async () => document.getElementById('{id}').textContent)()")

    def wait(self, condition):
        """Waits until a condition of the page holds."""
        end = time.monotonic() + LASTS
        while not self.evaluate(f"(async () => Boolean({condition}))()"):
            if time.monotonic() > end:
                raise TimeoutError(f"not within {LASTS} s: {condition}")
            time.sleep(0.05)
