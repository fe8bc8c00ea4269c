"""A real host on which something is the matter with one file: it is missing, cut, another, of the wrong type, or never comes."""
import threading
from contextlib import contextmanager
from pathlib import Path

from web.bundle.server import Handler, address, open_server

DIST = Path(__file__).parents[2] / "dist"
LOGIN = b"<!doctype html><title>Log in</title><p>Log in to use this network.</p>"


class Host:
    """The site at `address`, in which one file after another may be broken."""

    def __init__(self):
        self.address = ""
        self.broken = {}  # path -> kind
        self.asked = []  # paths, in order
        self.max_age = 0  # seconds for which browsers may keep what they are given
        self.over = threading.Event()


def handler_for(host):
    class Lying(Handler):
        def do_GET(self):
            path = self.path.split("?")[0].removeprefix(self.prefix)
            host.asked.append(path)
            kind = host.broken.get(path)
            if kind is None:
                super().do_GET()
            elif kind == "silent":
                host.over.wait()
            elif kind == "missing":
                self.send_error(404)
            elif kind == "other":
                self._send(LOGIN, "text/html")
            else:
                data = Path(self.translate_path(self.path)).read_bytes()
                if kind == "type":
                    self._send(data, "text/plain")
                else:
                    self._send(data[: len(data) // 2], self.guess_type(self.path), len(data))

        def _send(self, data, media_type, length=None):
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(length or len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.close_connection = True

        def send_header(self, name, value):
            if name == "Cache-Control" and host.max_age:
                value = f"max-age={host.max_age}"
            super().send_header(name, value)

    return Lying


@contextmanager
def open_host(directory=DIST, prefix="/lab/"):
    """A Host for the length of the block."""
    host = Host()
    with open_server(directory, prefix=prefix, handler=handler_for(host)) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        host.address = address(server, prefix)
        try:
            yield host
        finally:
            host.over.set()
            server.shutdown()
