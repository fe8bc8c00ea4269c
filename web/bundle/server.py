"""A plain static server, for a person (`build.py serve`) and for the browser tests alike."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

HOST = "127.0.0.1"
EVERYWHERE = ""  # as a host: each address that this machine has, so that others of its networks reach it
WRITTEN_EVERYWHERE = (EVERYWHERE, "0.0.0.0", "::")

# Written out, because what a system's own tables say about these differs from machine to machine.
MIME_TYPES = {
    "": "application/octet-stream", ".css": "text/css", ".html": "text/html; charset=utf-8",
    ".js": "text/javascript", ".json": "application/json", ".mjs": "text/javascript",
    ".png": "image/png", ".py": "text/x-python; charset=utf-8", ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json",
    ".whl": "application/zip", ".zip": "application/zip",
}
INDEXES = ("index.html", "index.htm")  # what the standard library answers with where a folder is asked for
# How a connection fails when the other machine went to sleep or left the network.
GONE = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN}


class Handler(SimpleHTTPRequestHandler):
    """Serves the files of one folder under a prefix; anything outside the prefix or the folder is not found."""

    protocol_version = "HTTP/1.1"
    extensions_map = MIME_TYPES
    timeout = 60  # s: a connection on which nothing comes or goes is closed

    def __init__(self, *arguments, prefix: str, without: tuple[str, ...] = (), **options):
        self.prefix, self.without = prefix, without
        super().__init__(*arguments, **options)

    def send_head(self):
        """Finds nothing outside the prefix, so that a link that assumes the host's root fails in tests."""
        asked = Path(self.translate_path(self.path))
        if not self.path.startswith(self.prefix) or not all(map(self.may_give, [asked, *map(asked.joinpath, INDEXES)])):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def may_give(self, path: Path) -> bool:
        """Says whether a file lies in the folder, symbolic links followed, and is not one of those left out."""
        folder = Path(self.directory).resolve()
        try:
            file = path.resolve()
        except (ValueError, OSError, RuntimeError):  # no name that a file can have; a link to itself
            return False
        return file.is_relative_to(folder) and file.relative_to(folder).as_posix() not in self.without

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
    request_queue_size = 128  # a class opens the page at the same moment
    allow_reuse_address = os.name != "nt"  # there it would let two programs have one port

    def __init__(self, host: str, port: int, handler):
        everywhere = host in WRITTEN_EVERYWHERE
        self.both_versions = everywhere and host != "0.0.0.0" and socket.has_dualstack_ipv6()
        if everywhere:
            host = "::" if self.both_versions else "0.0.0.0"
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        self.address_family = family
        super().__init__(place, handler)

    def server_bind(self):
        """Takes the port; asks no name server what this machine is called, which may be long in answering."""
        if self.both_versions:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]

    def handle_error(self, request, client_address):
        """Stays silent about a browser that hung up or left; any other error is printed."""
        error = sys.exc_info()[1]
        if not (isinstance(error, (ConnectionError, TimeoutError)) or getattr(error, "errno", None) in GONE):
            super().handle_error(request, client_address)


def open_server(directory: Path, port: int = 0, prefix: str = "/", tries: int = 1, without: tuple[str, ...] = (),
                host: str = HOST, handler: type[Handler] = Handler) -> Server:
    """Opens a server, not yet answering, on `port` or one of the `tries - 1` after it; 0 is any free port.

    `host` is one of this machine's addresses or names, or EVERYWHERE. Files named in `without` are not found.
    Raises OSError, in words for the person, when it can't be had; ValueError when the prefix does not begin and end
    with "/".
    """
    if not (prefix.startswith("/") and prefix.endswith("/")):
        raise ValueError(f'the prefix is {prefix!r}; it must begin and end with "/", like "/some/path/"')
    handler = partial(handler, directory=str(directory), prefix=prefix, without=without)
    for candidate in range(port, port + tries):
        try:
            return Server(host, candidate, handler)
        except (socket.gaierror, UnicodeError) as error:
            raise OSError(errno.EADDRNOTAVAIL, f"{host!r} is neither an address nor a name that leads to one") from error
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise OSError(error.errno, f"{host} is not an address of this machine") from error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    ports = f"port {port}" if tries == 1 else f"each port from {port} to {port + tries - 1}"
    raise OSError(errno.EADDRINUSE, f"{ports} of {host or 'this machine'} is taken or not allowed")


def address(server: Server, prefix: str = "/", host: str = HOST) -> str:
    """Returns the address of what a server serves, for who knows its machine as `host`."""
    return f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{prefix}"


@contextlib.contextmanager
def serve(directory: Path, port: int = 0, prefix: str = "/", **options) -> Iterator[str]:
    """Serves a folder, as `open_server` does with these options, from a thread for the length of the block, which gets the
    address on this machine."""
    with open_server(directory, port, prefix, **options) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield address(server, prefix)
        finally:
            server.shutdown()
            thread.join()
