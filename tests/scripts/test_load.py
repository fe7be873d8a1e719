"""`scripts/load.py` lets visitors draw on a real server."""

import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from terminal import Terminal

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "scripts/load.py"]


def run(*arguments):
    return subprocess.run([*COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)


def test_two_visitors_draw_and_every_digit_is_read(tmp_path):
    file = tmp_path / "load.json"
    done = run("--visitors", 2, "--seconds", 3, "--pause", 0.1, "--out", file)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(file.read_text())
    assert figures["visitors"] == 2
    assert figures["errors"] == 0
    assert figures["what went wrong"] == []
    assert figures["strokes"] >= figures["digits"] >= 2
    for waited in ("page opened, s", "stroke to digit, s"):
        assert 0 < figures[waited]["p50"] <= figures[waited]["p95"] <= figures[waited]["longest"]
        assert waited in done.stdout
    memory = figures["server's memory, MB"]
    assert 5 <= len(memory) <= 11  # a look may be missed where the machine is busy
    assert {"0.0 s", "3.0 s"} <= set(memory)
    assert all(20 < megabytes < 1000 for megabytes in memory.values())


def test_ctrl_c_tells_what_was_measured_and_ends_the_server():
    command = [*COMMAND, "--visitors", "1", "--seconds", "200", "--pause", "0"]
    terminal = Terminal()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=terminal.end, text=True) as load:
        terminal.read(until=r"[1-9]\d* read")
        servers = psutil.Process(load.pid).children()
        load.send_signal(signal.SIGINT)
        shown, errors = load.stdout.read(), terminal.read()
    assert servers
    assert load.returncode == 130
    assert "this was measured so far" in errors
    assert "Traceback" not in errors
    assert int(re.search(r"^strokes +(\d+)$", shown, re.MULTILINE)[1]) > 0
    assert not any(server.is_running() for server in servers)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--visitors", "0"], "--visitors must be at least 1"),
        (["--seconds", "nan"], "--seconds more than 0"),
        (["--pause", "inf"], "--pause at least 0"),
        (["--address", "localhost"], "--address must begin with http://"),
        (["--address", "http://[x"], "--address must begin with http://"),
        (["--address", "http://127.0.0.1:9", "--seconds", "1"], "No page could be opened at http://127.0.0.1:9"),
        (["--out", "/nonexistent/load.json"], "/nonexistent/load.json can't be written: No such file or directory"),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(arguments, says):
    done = run(*arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_the_app_does_not_load_it():
    # With psutil and tqdm it would need packages that the `web` extra does not install.
    for file in (ROOT / "web").glob("*.py"):
        assert "measuring" not in file.read_text()
