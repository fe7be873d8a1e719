"""A Streamlit server of one's own, for as long as something is measured or tested."""

import contextlib
import os
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from digitpad.errors import DigitpadError
from digitpad_web.command import APP, MOST_ARENAS

PYTHON = [sys.executable, "-P", "-m"]  # -P: nothing is taken from the folder it starts in
PATIENCE = 60.0  # seconds until a server that does not start, or does not end, is given up
TICK = 0.1  # seconds between two looks


@contextlib.contextmanager
def served(page: Path | None = None) -> Iterator[tuple[str, psutil.Popen, Path]]:
    """The app as `digitpad-web` starts it, or another page, on a free port of this machine.

    Gives its address, its process and its log. Another page is started under the same settings as the app.

    Raises:
        DigitpadError: it does not start.
    """
    command = [*PYTHON, *(["streamlit", "run", str(page)] if page else ["digitpad_web.command"])]
    for name, value in {"address": "127.0.0.1", "headless": "true", "baseUrlPath": ""}.items():
        command += [f"--server.{name}", value]
    surroundings = {"MALLOC_ARENA_MAX": str(MOST_ARENAS)} if page else {}
    with (
        tempfile.TemporaryDirectory() as folder,
        running(command, APP.parent, Path(folder, "log"), surroundings) as it,
    ):
        yield it


@contextlib.contextmanager
def running(
    command: Sequence[str], folder: Path, log: Path, surroundings: dict[str, str], port: int = 0
) -> Iterator[tuple[str, psutil.Popen, Path]]:
    """A server that a command starts; it is told to end with the `with`.

    Args:
        command: all of it but the port.
        folder: that it starts in.
        log: the file for what it says.
        surroundings: what its environment has beyond this one's.
        port: of this machine; 0 for a free one.

    Raises:
        DigitpadError: it does not start.
    """
    port = port or free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        # In a session of its own: Ctrl-C is meant for us, and what was measured is told before the server ends.
        process = psutil.Popen(
            [*command, "--server.port", str(port)],
            stdout=output,
            stderr=output,
            cwd=folder,
            start_new_session=True,
            env=os.environ | surroundings,
        )
    try:
        _wait_for(address, process, log)
        yield address, process, log
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except psutil.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def is_well(address: str) -> bool:
    """Whether a server of Streamlit's answers there."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
        return True
    return False


def _wait_for(address: str, process: psutil.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not is_well(address):
        if process.poll() is not None or time.monotonic() > until:
            raise DigitpadError(f"The server does not start:\n{log.read_text(errors='replace').strip()}")
        time.sleep(TICK)
