"""The command, as a person or a program starts it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

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


def interrupted(*words: object, into: Path, until: str) -> str:
    """What a terminal is told by a command that gets Ctrl-C once that shows; what it reads goes to a file."""
    terminal = Terminal()
    command = [*COMMAND, *map(str, words)]
    with into.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=terminal.end) as program:
        terminal.read(until=until)
        program.send_signal(signal.SIGINT)
        said = terminal.read()
    assert program.returncode == 130
    assert "Traceback" not in said
    return said
