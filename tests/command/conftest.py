"""The command, as a person or a program starts it."""

import os
import subprocess
import sys

from terminal import Terminal

COMMAND = [sys.executable, "-c", "import sys; from digitpad.command.main import main; sys.exit(main())"]


def run(*words: object, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


def at_a_terminal(*words: object, **variables: str) -> str:
    """What a terminal of 80 columns is sent."""
    terminal = Terminal()
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), terminal.end)
    with subprocess.Popen([*COMMAND, *map(str, words)], **streams, env=environment):
        return terminal.read()
