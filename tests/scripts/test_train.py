"""`scripts/train.py` as a person at a terminal meets it."""

import contextlib
import json
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digitpad import Hand, Lesson, Recognizer
from digitpad.training.run import finished_epochs

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "scripts/train.py"]


def run(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, **options)


def test_help_teaches_and_comes_without_tensorflow():
    program = "import sys, runpy; sys.argv = ['train.py', '--help']\n"
    program += "try: runpy.run_path('scripts/train.py', run_name='__main__')\n"
    program += "except SystemExit: assert 'tensorflow' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    options = ("--network", "--epochs", "--batch-size", "--seed", "--data", "--out", "--resume", "--use")
    assert all(option in done.stdout for option in options)
    assert "examples:" in done.stdout


def test_the_package_is_called_as_the_script_is():
    called = [sys.executable, "-m", "digitpad.training", "--help"]
    by_package = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    by_script = run("--help", check=True).stdout
    assert "python -m digitpad.training --network hands" in by_package
    assert "scripts" not in by_package
    # A longer name moves the ends of lines and the columns of the examples.
    renamed = by_package.replace("usage: python -m digitpad.training", "usage: train.py")
    renamed = renamed.replace("python -m digitpad.training", "python scripts/train.py")
    assert renamed.split() == by_script.split()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--epochs", "0"], "epochs must be a whole number from 1 to 1000, not 0"),
        (["--epochs", "many"], "invalid int value: 'many'"),
        (["--network", "nonesuch"], "invalid choice: 'nonesuch'"),
        (["--data", "/nonexistent"], "no MNIST in /nonexistent"),
        (["--resume"], "no unfinished run"),
        (["--out", "pyproject.toml"], "not an empty folder"),
        (["--colour", "red"], "unrecognized arguments"),
    ],
)
def test_what_cannot_work_is_refused_in_one_sentence(arguments, says, mnist, home):
    done = run(*arguments)
    assert done.returncode in (1, 2)
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not home.exists()


def test_without_tensorflow_one_is_told_how_to_get_it(mnist, tmp_path):
    program = "import sys, runpy; sys.modules['keras'] = None\n"
    program += f"sys.argv = ['train.py', '--out', {str(tmp_path / 'run')!r}]\n"
    program += "runpy.run_path('scripts/train.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "keras is not installed" in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_while_tensorflow_starts_stops_with_a_sentence(mnist, tmp_path):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    options = ["--out", str(tmp_path / "run"), "--data", str(mnist.source)]
    with subprocess.Popen([*COMMAND, *options], cwd=ROOT, **pipes) as training:
        while "Starting TensorFlow" not in training.stdout.readline():
            assert training.poll() is None
        time.sleep(1)
        training.send_signal(signal.SIGINT)
        shown, errors = training.communicate(timeout=60)
    assert training.returncode == 130
    assert "0 finished epochs kept" in shown
    assert "Traceback" not in shown + errors
    [hint] = re.findall(r"^  (.*--resume.*)$", shown, re.MULTILINE)
    assert shlex.split(hint)[1:] == ["scripts/train.py", "--resume", *options]
    assert (ROOT / shlex.split(hint)[0]).exists()


MOMENTS = [  # in which it is interrupted one after the other, and what it says then
    ("digitpad.training.arguments._parser", "Stopped; nothing was begun."),
    ("digitpad.training.data.datasets.load_mnist", "Stopped; nothing was begun."),
    ("digitpad.training.run.alone", "0 finished epochs kept. Go on with:"),
    ("digitpad.training.training.plain_course", "0 finished epochs kept. Go on with:"),
    ("digitpad.training.networks.build", "0 finished epochs kept. Go on with:"),
    ("digitpad.training.fitting.ShuffledBatches.__getitem__", "0 finished epochs kept. Go on with:"),
    ("digitpad.training.state.save", "0 finished epochs kept. Go on with:"),
    ("digitpad.training.training.export_litert", "1 finished epoch kept. Go on with:"),
    ("digitpad.training.plots.save_worst", "1 finished epoch kept. Go on with:"),
    ("digitpad.training.training.finish", "is finished."),
]


def test_ctrl_c_at_any_moment_leaves_a_sentence_and_a_run_that_goes_on(mnist, tmp_path):
    import killing

    folder, log = tmp_path / "run", tmp_path / "log"
    for moment, says in MOMENTS:
        log.write_text("")
        begun = ["--resume"] if folder.exists() else ["--epochs", "1"]
        status = killing.train_by_script(log, moment, "--out", str(folder), *begun)
        said = log.read_text()
        assert (moment, status) == (moment, 130), said
        assert says in said.splitlines()[-3 if "Go on" in says else -1]
        assert "Traceback" not in said
        assert not (folder / "progress.json").exists()
    assert Recognizer(folder).model.card["epochs"] == 1


def test_a_run_shows_its_progress_goes_on_after_it_was_killed_and_becomes_the_model_in_use(mnist, tmp_path):
    folder, log = tmp_path / "run", tmp_path / "log"
    progress = r"Epoch 1/1: +\d+%.*<\d\d:\d\d, .*batch/s, loss \d\.\d+, accuracy \d+\.\d\d%"
    hand = Hand("Ada", [Lesson(mnist.test.glyphs[0], 7), Lesson(mnist.test.glyphs[1], None)])
    hand.save(tmp_path / "ada.hand")
    taught = ["--hand", str(tmp_path / "ada.hand")]
    first = [*COMMAND, "--out", str(folder), "--epochs", "1", "--batch-size", "500", *taught]
    note = {}
    with log.open("w") as output, subprocess.Popen(first, cwd=ROOT, stdout=output, stderr=output) as training:
        deadline = time.monotonic() + 250
        while not (finished_epochs(folder) and re.search(progress, log.read_text())):
            assert training.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            with contextlib.suppress(FileNotFoundError):
                note = json.loads((folder / "progress.json").read_text())
            time.sleep(0.05)
        training.kill()
    assert 1 <= note["epoch"] <= note["epochs"] == 1
    assert 1 < note["batch"] <= note["batches"] == 111  # the hand's one digit is learned 200 times
    assert 0 < note["loss"] < 3
    assert 0.1 < note["accuracy"] < 1
    assert 0 <= note["seconds_left"] < 600

    done = run("--resume", "--out", folder, "--use")
    assert done.returncode == 0, done.stderr
    assert "Epoch 1 of 1: loss" not in done.stdout  # it was finished, and is not done again
    assert re.search(r"Done: 9\d\.\d\d% of MNIST's test digits", done.stdout)
    assert Recognizer().model.path == folder / "model.tflite"
    assert Recognizer().model.card["epochs"] == 1
    data = Recognizer().model.card["data"]
    assert (data["lessons_of_a_hand"], data["sha256_of_contents"]["hand"]) == (1, hand.sha256)
    left = {path.name for path in folder.iterdir()}
    assert left == {
        *("architecture.png", "calibration.png", "card.json", "curves.png", "history.csv"),
        *("mistakes.npz", "model.keras", "model.tflite", "worst.png"),
    }

    refused = run("--resume", "--out", folder)
    assert refused.returncode == 1
    assert "is finished" in refused.stderr


def test_a_resumed_run_keeps_its_settings(mnist, tmp_path):
    (tmp_path / "settings.json").write_text(
        json.dumps({"network": "classic", "epochs": 3, "batch_size": 500, "seed": 1})
    )
    done = run("--resume", "--out", tmp_path, "--epochs", "5")
    assert done.returncode == 1
    assert "began with epochs 3 and can't go on with 5" in done.stderr
