"""`scripts/evaluate.py` compares models and leaves a report."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad import Reading, Recognizer
from digitpad.measuring.comparison import Row, compare
from digitpad.measuring.readers import through_glyph
from digitpad.measuring.report import print_table, save_report

ROOT = Path(__file__).parents[2]
READERS = ["classic, plainly shrunk", "classic", "hands"]


def run(*arguments):
    return subprocess.run(
        [sys.executable, "scripts/evaluate.py", *arguments], cwd=ROOT, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def report(mnist, tmp_path_factory):
    """What a short evaluation printed, and its folder: of 20 pictures one may be misread at a bound of 0.9."""
    folder = tmp_path_factory.mktemp("evaluation")
    done = run("--most", "20", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def test_every_condition_is_read_by_every_reader(report):
    shown, folder = report
    figures = json.loads((folder / "evaluation.json").read_text())
    groups = [row["group"] for row in figures["rows"]]
    counts = {
        "MNIST": 4,
        "corrupted": 15,
        "pen": 5,
        "size": 3,
        "place": 4,
        "colour": 5,
        "stranger": 2,
        "print": 1,
        "not a digit": 6,
    }
    for group, count in counts.items():
        assert groups.count(group) == count
    for row in figures["rows"]:
        assert list(row["readers"]) == READERS
        assert row["name"] in shown
        for reader in row["readers"].values():
            assert 0 <= reader["low"] <= reader["share"] <= reader["high"] <= 1
    assert "calibration error" in shown


def test_the_difference_between_the_readers_shows(report):
    rows = {row["name"]: row["readers"] for row in json.loads((report[1] / "evaluation.json").read_text())["rows"]}
    for name in ("hair line", "top left", "red on green", "32 × 32, one bit"):
        plain, classic, hands = (rows[name][reader]["share"] for reader in READERS)
        assert plain < classic <= hands + 0.03
        assert hands > 0.9
    assert rows["Balinese letters"]["classic"]["share"] == 0
    assert rows["Balinese letters"]["hands"]["share"] > 0.8


def test_the_page_shows_pictures_that_are_there(report):
    page = (report[1] / "report.html").read_text()
    pictures = re.findall(r'src="([^"]+)"', page)
    assert len(pictures) > 40
    for picture in pictures:
        assert (report[1] / picture).read_bytes().startswith(b"\x89PNG")
    for reader in READERS:
        assert f"<h2>{reader}</h2>" in page


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--models", "nobody"], "nobody"),
        (["--out", "/proc/nothing"], "/proc/nothing can't be written"),
        (["--most", "0"], "--most must be at least 1"),
        (["--validation"], "MNIST's validation digits were not held back from hands."),
    ],
)
def test_what_cannot_work_is_said_in_a_sentence(arguments, says, mnist):
    done = run(*arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_installed_compares_models_as_the_script_does(tmp_path):
    command = [sys.executable, "-m", "digitpad.measuring"]
    told = subprocess.run([*command, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    script = run("--help").stdout
    assert told.startswith("usage: python -m digitpad.measuring [-h] [--models MODEL [MODEL ...]]")
    assert told[told.index("Measure") :] == script[script.index("Measure") :]
    refused = subprocess.run([*command, "--models", "nobody"], cwd=tmp_path, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("python -m digitpad.measuring: There is no model 'nobody'")


def test_a_picture_of_the_mistakes_shows_the_confidence_of_the_readings_and_no_empty_ones():
    shares = np.array([0.1, 0.6, *[0] * 8, 0.3], np.float32)
    readings = [Reading.of(np.ones((28, 28), np.uint8), shares, 0.9), Reading.empty()]
    evaluation = Row("pen", "medium", np.array([7, 0], np.uint8), [], {"it": readings}).evaluation("it")
    np.testing.assert_allclose(evaluation.probabilities, [shares], atol=1e-6)
    assert evaluation.examples.labels.tolist() == [7]


def test_without_pen_strokes_and_symbols_there_is_a_report_too(mnist, tmp_path, capsys):
    reader = through_glyph("classic", Recognizer("classic").model)
    comparison = compare([reader], mnist.test, [], [], {}, most=10)
    print_table(comparison)
    assert "enlarged to a canvas" in capsys.readouterr().out
    page = save_report(comparison, tmp_path).read_text()
    assert "reliability" not in page
    figures = json.loads((tmp_path / "evaluation.json").read_text())
    assert figures["expected_calibration_error"] == {"classic": None}
    assert figures["area_under_roc"] == {"classic": None}
    assert figures["trade"] == {"classic": {}}
