"""A Streamlit server of one's own, for as long as something is measured."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from digitpad.errors import DigitpadError
from digitpad_web.command import APP, MOST_ARENAS

PATIENCE = 60.0  # seconds until a server that does not start is given up
TICK = 0.2  # seconds between two looks


@contextlib.contextmanager
def served(page: Path | None = None) -> Iterator[tuple[str, psutil.Process, Path]]:
    """The app as `digitpad-web` starts it, or another page, on a free port of this machine.

    Gives its address, its process and its log. Another page is started under the same settings as the app.

    Raises:
        DigitpadError: it does not start.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = {"port": str(port), "address": "127.0.0.1", "headless": "true", "baseUrlPath": ""}
    module = ["streamlit", "run", str(page)] if page else ["digitpad_web.command"]
    command = [sys.executable, "-P", "-m", *module]
    command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
    surroundings = os.environ | ({"MALLOC_ARENA_MAX": str(MOST_ARENAS)} if page else {})
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as output:
            # In a session of its own: Ctrl-C is meant for us, and what was measured is told before the server ends.
            process = subprocess.Popen(  # noqa: S603  # our own pages
                command, stdout=output, stderr=output, cwd=APP.parent, start_new_session=True, env=surroundings
            )
        try:
            _wait_for(address, process, log)
            yield address, psutil.Process(process.pid), log
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
            return
        if process.poll() is not None or time.monotonic() > until:
            raise DigitpadError(f"The server does not start:\n{log.read_text(errors='replace').strip()}")
        time.sleep(TICK)
