"""`scripts/benchmark.py` measures digitpad and Keras in one run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.errors import DigitpadError
from digitpad.measuring.programs import answer

ROOT = Path(__file__).parents[2]
RATES = ("glyphs a second", "  by classic, too", "  by classic, on all cores")


def test_figures_and_ratios_are_printed_and_written(tmp_path):
    file = tmp_path / "figures.json"
    done = subprocess.run(
        [
            sys.executable,
            "scripts/benchmark.py",
            "--desktop",
            "--web",
            "--repeats=1",
            "--pictures=50",
            "--json",
            file,
        ],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(file.read_text())
    medians = figures["medians"]
    assert set(medians) == {
        "start to first reading, s",
        "memory held then, MB",
        "one reading, ms",
        "  of which ink, ms",
        "  of which glyph, ms",
        "  of which network, ms",
        *RATES,
        "model, MB",
        "window that reads, s",
        "memory after 1,000 strokes, MB",
        "pen-up to digit, ms",
        "Inside, move to all maps, ms",
        "page on a new server, s",
        "Predict to digit, s",
        "server's memory, MB",
        "Inside, stroke to all maps, s",
        "  of twenty strokes the slowest, s",
    }
    for name, row in medians.items():
        assert name in done.stdout
        ratio = row["Keras"] / row["digitpad"]
        assert row["ratio"] == pytest.approx(1 / ratio if name in RATES else ratio)
    assert set(figures["on all cores"]) == {"files a second", "arrays a second"}
    for name, row in figures["on all cores"].items():
        assert name in done.stdout
        assert row["ratio"] == pytest.approx(row["all cores"] / row["one core"])
    for name in ("classic", "hands"):
        assert {f"look inside {name}, ms", f"  {name}: all its mosaics, ms", f"  {name}: with a map off, ms"} <= set(
            figures["inside"]
        )
    rows = [*medians.values(), *figures["on all cores"].values(), *figures["inside"].values()]
    assert all(figure > 0 for row in rows for figure in row.values())
    # How long things take depends on the machine; memory does not, and where TensorFlow was loaded it is far more.
    assert medians["memory held then, MB"]["digitpad"] <= 100
    assert medians["memory after 1,000 strokes, MB"]["digitpad"] <= 200
    assert medians["server's memory, MB"]["digitpad"] <= 200
    for name in ("memory held then, MB", "memory after 1,000 strokes, MB", "server's memory, MB"):
        assert medians[name]["ratio"] > 2


def run(*arguments):
    return subprocess.run(
        [sys.executable, "scripts/benchmark.py", *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("option", ["--repeats", "--pictures"])
def test_a_number_that_makes_no_sense_is_refused(option):
    done = run(option, "0")
    assert done.returncode == 2
    assert f"{option} must be at least 1" in done.stderr


def test_an_app_that_is_not_installed_is_named_with_what_installs_it():
    program = "import importlib.util as util, runpy, sys\nfind = util.find_spec\n"
    program += "util.find_spec = lambda name, *rest: None if name == 'PySide6' else find(name, *rest)\n"
    program += "sys.argv = ['benchmark.py', '--desktop']\n"
    program += "runpy.run_path('scripts/benchmark.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "PySide6 is not installed" in done.stderr
    assert '"digitpad[train,desktop]"' in done.stderr


def test_a_program_that_fails_while_it_is_measured_is_told_in_a_line():
    with pytest.raises(DigitpadError) as refusal:
        answer("the pad", [sys.executable, "-c", "import nonesuch"])
    assert str(refusal.value).endswith("the pad failed: ModuleNotFoundError: No module named 'nonesuch'")


def test_a_file_that_cannot_be_written_is_named_before_anything_is_measured():
    done = run("--json", "/nonexistent/figures.json")
    assert done.returncode == 1
    assert "/nonexistent/figures.json can't be written: No such file or directory" in done.stderr
    assert done.stdout == ""
