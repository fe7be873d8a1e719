"""A server that runs the web app as `make web` does, from a folder that knows nothing of it."""

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

from waiting import until

COMMAND = [sys.executable, "-P", "-m", "digitpad_web.command"]  # -P: nothing is taken from the folder it starts in


def free_port(port: int = 0) -> int:
    """The given one, which must be free, or any."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        found: int = free.getsockname()[1]
        return found


def wait_for(address: str, server: subprocess.Popen, log: Callable[[], str]) -> None:
    """Until it answers; what it logged says why it does not."""
    until(lambda: is_well(address), log, server)


def is_well(address: str) -> bool:
    """Whether a server answers there."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
        return True
    return False


@contextlib.contextmanager
def served(folder: Path, port: int = 0, command: Sequence[str] = COMMAND):
    """Its address, on the given port or a free one; it starts in the folder, where its users' data and its log go."""
    port = free_port(port)
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*command, "--no-browser", "--port", str(port)],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=os.environ | {"XDG_DATA_HOME": str(folder)},
        )
    try:
        wait_for(address, server, (folder / "log").read_text)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            raise
    assert "Traceback" not in (folder / "log").read_text()
