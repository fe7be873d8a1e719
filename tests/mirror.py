"""A server on this machine that publishes data sets, and does it wrong on request."""

import gzip
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Mirror:
    """An HTTP server on this machine that has the real files, and faults on request."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.faults: dict[str, Callable[[BaseHTTPRequestHandler, bytes], None]] = {}
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.rpartition("/")[2]
                mirror.asked.append(name)
                mirror.faults.get(name, send)(self, (folder / name).read_bytes())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/mnist/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def send(handler, content, claimed=None):
    handler.send_response(200)
    handler.send_header("Content-Length", str(claimed or len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def not_found(handler, _):
    handler.send_error(404)


def break_off(handler, content):
    send(handler, content[: len(content) // 2], claimed=len(content))


def cut_off(handler, content):
    send(handler, content[: len(content) // 2])


def another_file(handler, _):
    send(handler, gzip.compress(b"something else"))


def a_login_page(handler, _):
    send(handler, b"<html>Please log in to the hotel's network</html>")
