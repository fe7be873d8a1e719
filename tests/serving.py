"""A server that runs the web app as `make web` does, from a folder that knows nothing of it."""

import contextlib
import re
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from digitpad_web.measuring.server import PYTHON, running

COMMAND = [*PYTHON, "digitpad_web.command"]
# A browser that leaves while it is being connected: Streamlit 1.67's own handler then answers on a connection that is
# closed, and the server tells of that. Nobody sees it, and nothing of the app is in it.
LEFT_WHILE_CONNECTING = re.compile(
    r"Exception in ASGI application\n(?:(?!Exception in ASGI application).)*?/streamlit/web/server/starlette/"
    r'starlette_websocket\.py", line \d+, in _websocket_endpoint\n    await websocket\.close\(\)\n'
    r'(?:  File "[^"]*/starlette/websockets\.py"[^\n]*\n    [^\n]*\n)+'
    r"starlette\.websockets\.WebSocketDisconnected: [^\n]*\n",
    re.DOTALL,
)


@contextlib.contextmanager
def served(folder: Path, port: int = 0, command: Sequence[str] = COMMAND) -> Iterator[str]:
    """Its address, on the given port or a free one; it starts in the folder, where its users' data and its log go."""
    users_data = {"XDG_DATA_HOME": str(folder)}
    with running([*command, "--no-browser"], folder, folder / "log", users_data, port) as (address, server, log):
        yield address
    assert server.returncode != -signal.SIGKILL  # it ends when it is told to
    assert "Traceback" not in LEFT_WHILE_CONNECTING.sub("", log.read_text())
