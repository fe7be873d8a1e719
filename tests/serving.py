"""A server that runs the web app as `make web` does, from a folder that knows nothing of it."""

import contextlib
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from digitpad_web.measuring.server import PYTHON, running

COMMAND = [*PYTHON, "digitpad_web.command"]


@contextlib.contextmanager
def served(folder: Path, port: int = 0, command: Sequence[str] = COMMAND) -> Iterator[str]:
    """Its address, on the given port or a free one; it starts in the folder, where its users' data and its log go."""
    users_data = {"XDG_DATA_HOME": str(folder)}
    with running([*command, "--no-browser"], folder, folder / "log", users_data, port) as (address, server, log):
        yield address
    assert server.returncode != -signal.SIGKILL  # it ends when it is told to
    assert "Traceback" not in log.read_text()
