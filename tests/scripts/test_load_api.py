"""`scripts/load_api.py` sends canvases to a real server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments):
    command = [sys.executable, "scripts/load_api.py", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_every_canvas_is_read_and_what_that_cost_is_told_beside_reading_alone(tmp_path):
    file = tmp_path / "load.json"
    done = run("--seconds", 1, "--rate", 20, "--connections", 2, "--out", file)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(file.read_text())
    assert figures["errors"] == 0
    fast, steady = figures["as fast as it answers"], figures["at 20 a second"]
    assert fast["requests a second of its processor"] > 0
    # What a server adds to reading is less than reading; on a busy machine too, as both are measured on it.
    assert 0.5 < fast["ratio"] < 3
    assert 0 < steady["p50, ms"] <= steady["p95, ms"] <= steady["longest, ms"]
    for part in (*fast, *steady):
        assert part in done.stdout


@pytest.mark.parametrize("arguments", [["--rate", "0"], ["--seconds", "inf"], ["--workers", "0"]])
def test_what_cannot_work_is_said_in_a_sentence(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "must be more than 0" in done.stderr
