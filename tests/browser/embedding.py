"""Pages of other sites that hold the lab in a frame, as learning platforms do, and the host that lets them."""
import contextlib
import threading
from functools import partial
from http import HTTPStatus
from urllib.parse import quote, unquote

from lab_page import START, LabPage

from web.bundle.server import HOST, Handler, Server

PREFIX = "/lab/"
COURSE = "/lab/course.html?"  # a page of the same host, whose frame is what follows; told by another name it is another site's
PAGE = '<!doctype html><title>Course</title><iframe %s width=1300 height=900></iframe>'


class OpenHandler(Handler):
    """Lets pages of every other site read its files, as GitHub Pages does: a frame without an origin is such a page."""

    def do_GET(self):
        if not self.path.startswith(COURSE):
            return super().do_GET()
        body = (PAGE % unquote(self.path.removeprefix(COURSE))).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextlib.contextmanager
def serve_to_all(directory):
    """Serves a folder so; the block gets the port."""
    with Server(HOST, 0, partial(OpenHandler, directory=str(directory), prefix=PREFIX)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def open_framed(context, port, address, link, sandbox=None):
    """Opens another site's page whose frame holds the lab at that link, in a sandbox if need be; returns the page and the
    lab in it, once that is ready."""
    page = context.new_page()
    bounds = f' sandbox="{sandbox}"' if sandbox else ""
    page.goto(f"http://localhost:{port}{COURSE}" + quote(f'src="{address}{link}"{bounds}'))
    lab = LabPage(page.locator("iframe").element_handle().content_frame(), address)
    lab.expect_state("ready", START)
    return page, lab
