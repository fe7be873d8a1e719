"""`scripts/benchmark.py` measures digitpad and Keras in one run."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_figures_and_ratios_are_printed_and_written(tmp_path):
    file = tmp_path / "figures.json"
    done = subprocess.run(
        [sys.executable, "scripts/benchmark.py", "--repeats", "1", "--json", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    medians = json.loads(file.read_text())["medians"]
    assert set(medians) == {"start to first reading, s", "memory, MB", "one reading, ms"}
    for name, row in medians.items():
        assert name in done.stdout
        assert row["ratio"] == row["Keras"] / row["digitpad"] > 1
    # Memory does not depend on how busy the machine is, so here the promise itself is kept.
    assert medians["memory, MB"]["digitpad"] <= 100


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    done = subprocess.run(
        [sys.executable, "scripts/benchmark.py", "--repeats", "0"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--repeats must be at least 1" in done.stderr
