"""A server that runs as `digitpad serve` does, in a process of its own and from a folder that knows nothing of it."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
import requests
from waiting import SECONDS, until

from digitpad_web.measuring.server import free_port

T = TypeVar("T")

# `digitpad serve` with other limits, which no test could wait for or fill.
PROGRAM = """
import sys
{changes}
from digitpad.command.main import main
sys.exit(main(["serve", *sys.argv[1:]]))
"""


class Server(NamedTuple):
    """One that runs.

    Attributes:
        address: of it.
        process: its own, that of the first of several.
        log: the file with all that it said.
    """

    address: str
    process: subprocess.Popen
    log: Path

    def post(self, path: str, **request) -> requests.Response:
        return requests.post(self.address + path, timeout=SECONDS, **request)

    def get(self, path: str, **request) -> requests.Response:
        return requests.get(self.address + path, timeout=SECONDS, **request)

    def is_ready(self) -> bool:
        with contextlib.suppress(requests.ConnectionError):
            return self.get("/health/ready").ok
        return False

    def end(self, by: int = signal.SIGTERM) -> int:
        """The exit status."""
        self.process.send_signal(by)
        return self.process.wait(SECONDS)


@contextlib.contextmanager
def serving(folder: Path, *options: str, changes: str = "") -> Iterator[Server]:
    """A server, until the end of it; what is `changes` is run before it starts."""
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-P", "-c", PROGRAM.format(changes=changes), "--port", str(port), *options]
    surroundings = os.environ | {"XDG_DATA_HOME": str(folder), "TMPDIR": str(folder)}
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=output, stderr=output)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    try:
        until(server.is_ready, log.read_text, process)
        yield server
    finally:
        if process.poll() is None:
            server.end()
    assert "Traceback" not in log.read_text()


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[Server]:
    """One for all tests that don't end it."""
    with serving(tmp_path_factory.mktemp("server"), "--allow-origin", "https://example.org") as server:
        yield server


def run(asking: Coroutine[Any, Any, T]) -> T:
    """What is asked of an application; in a thread, as the browser leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, asking).result()


async def asked(answering, path, body=b"", kind="image/png", leaves=False, root_path=""):
    """The status and the JSON that an application answers with; who leaves does so once all is sent."""
    headers = [(b"content-type", kind.encode()), (b"x-request-id", b"mine")]
    scope = {
        "type": "http",
        "method": "POST" if body else "GET",
        "path": path,
        "query_string": b"",
        "headers": headers,
    }
    scope["root_path"] = root_path
    come = [{"type": "http.request", "body": body}, *([{"type": "http.disconnect"}] if leaves else [])]
    sent = []

    async def receive():
        return come.pop(0) if come else await asyncio.Future()

    async def send(message):
        sent.append(message)

    await answering(scope, receive, send)
    return sent[0]["status"], json.loads(sent[1]["body"] or b"{}")
