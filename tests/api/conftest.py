"""A server that runs as `digitpad serve` does, in a process of its own and from a folder that knows nothing of it."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from waiting import SECONDS, until

from digitpad_web.measuring.server import free_port

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
