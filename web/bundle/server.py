"""A plain static server on loopback, for a person (`build.py serve`) and for the browser tests alike."""

from __future__ import annotations

import contextlib
import errno
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "127.0.0.1"

# Written out, because what a system's own tables say about these differs from machine to machine.
MIME_TYPES = {
    "": "application/octet-stream", ".css": "text/css", ".html": "text/html; charset=utf-8",
    ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript",
    ".png": "image/png", ".py": "text/x-python; charset=utf-8", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".whl": "application/zip",
    ".zip": "application/zip",
}


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of one folder under a prefix; anything outside the prefix is not found."""

    protocol_version = "HTTP/1.1"
    extensions_map = MIME_TYPES

    def __init__(self, *arguments, prefix: str, without: tuple[str, ...] = (), **options):
        self.prefix, self.without = prefix, without
        super().__init__(*arguments, **options)

    def send_head(self):
        """Finds nothing outside the prefix, so that a link that assumes the host's root fails in tests."""
        if not self.path.startswith(self.prefix) or self.path.removeprefix(self.prefix) in self.without:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path):
        """Returns the file that a path under the prefix stands for."""
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def list_directory(self, path):
        """Refuses to list a folder, as static hosts do."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self):
        """Asks the browser to check for changes at each visit: the folder may have been built again."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *arguments):
        """Keeps quiet; a browser's own tools show requests better."""


class Server(ThreadingHTTPServer):
    """The server, which takes a closed tab for what it is and not for an error."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Stays silent about a browser that hung up; any other error is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def open_server(directory: Path, port: int = 0, prefix: str = "/", tries: int = 1,
                without: tuple[str, ...] = (), handler: type[Handler] = Handler) -> Server:
    """Opens a server, not yet answering, on `port` or one of the `tries - 1` after it; 0 is any free port.

    Files named in `without` are not found. Raises OSError when all of them are taken, ValueError when the prefix does not begin and end with "/".
    """
    if not (prefix.startswith("/") and prefix.endswith("/")):
        raise ValueError(f'the prefix is {prefix!r}; it must begin and end with "/", like "/some/path/"')
    handler = partial(handler, directory=str(directory), prefix=prefix, without=without)
    for candidate in range(port, port + tries):
        try:
            return Server((HOST, candidate), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    ports = f"port {port}" if tries == 1 else f"each port from {port} to {port + tries - 1}"
    raise OSError(errno.EADDRINUSE, f"{ports} of {HOST} is taken")


def address(server: Server, prefix: str = "/") -> str:
    """Returns the address of what a server serves."""
    return f"http://{HOST}:{server.server_address[1]}{prefix}"


@contextlib.contextmanager
def serve(directory: Path, port: int = 0, prefix: str = "/") -> Iterator[str]:
    """Serves a folder from a thread for the length of the block, which gets the address."""
    with open_server(directory, port, prefix) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield address(server, prefix)
        finally:
            server.shutdown()
            thread.join()
