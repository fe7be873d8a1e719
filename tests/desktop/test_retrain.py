"""Training a model from the desktop: the real training, or a short program where only what it leaves matters."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest
import shiboken6
from filelock import FileLock
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from waiting import is_alive, until

from digitpad.models import catalogue
from digitpad.models.model import CARD_FILE
from digitpad.training import run
from digitpad.training.recipes import RECIPES
from digitpad_desktop import trainer
from digitpad_desktop.charts import HELD_OUT_COLOUR, LEARNED_COLOUR, Curves
from digitpad_desktop.images import to_array
from digitpad_desktop.retrain import NETWORKS, NO_TENSORFLOW, RetrainDialog

# Leaves what a training leaves, in a moment, and waits at its second epoch for a file "go" where it is told to.
SHORT_TRAINING = """
import json, os, shutil, signal, sys, time
from pathlib import Path

options = dict(option.partition("=")[::2] for option in sys.argv[1:])
folder = Path(options["--out"])
folder.mkdir(parents=True, exist_ok=True)
(folder / "options").write_text(json.dumps(options))
(folder / "pid").write_text(str(os.getpid()))
(folder / "settings.json").write_text('{"network": "classic", "epochs": 2, "batch_size": 128, "seed": 1}')
if "DEAF" in os.environ:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
print("Starting …")
note = {"epoch": 2, "epochs": 2, "batch": 215, "batches": 430, "loss": 0.1, "accuracy": 0.97, "seconds_left": 95.0}
(folder / "history.csv").write_text("epoch,accuracy,loss,val_accuracy,val_loss\\n0,0.95,0.2,0.97,0.1\\n")
(folder / "progress.json").write_text(json.dumps(note))
try:
    while "WAIT" in os.environ and not (folder / "go").exists():
        time.sleep(0.05)
        print("a bar", end="\\r", file=sys.stderr, flush=True)
except KeyboardInterrupt:
    sys.exit(130)
if "FAIL" in os.environ:
    sys.exit("  3%|bar\\rpython -m digitpad.training: The disk is full.\\nMake room.")
with (folder / "history.csv").open("a") as history:
    history.write("1,0.98,0.1,0.985,0.05\\n")
for name in ("model.tflite", "card.json"):
    shutil.copy(Path(os.environ["SHIPPED"]) / name, folder)
for name in ("progress.json", "settings.json"):
    (folder / name).unlink()
print("Done: all is well.")
"""


@pytest.fixture
def short_training(tmp_path, monkeypatch):
    """A program that trains in a moment."""
    program = tmp_path / "short_training.py"
    program.write_text(SHORT_TRAINING, encoding="utf-8")
    monkeypatch.setattr(trainer, "COMMAND", (sys.executable, str(program)))
    monkeypatch.setenv("SHIPPED", str(catalogue.SHIPPED / "classic"))
    return program


@pytest.fixture
def dialog(qtbot):
    """The dialog, whose training does not outlive the test."""
    made = RetrainDialog()
    made.show()
    yield made
    made.trainer.end()
    made.close()


def said(dialog):
    return dialog.message.toPlainText()


def shown(dialog):
    buttons = (
        dialog.start_button,
        dialog.cancel_button,
        dialog.go_on_button,
        dialog.delete_button,
        dialog.use_button,
    )
    return [button.text().replace("&", "") for button in buttons if button.isVisible()]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_app_speaks_of_the_training_as_the_training_does():
    assert list(NETWORKS) == list(RECIPES)
    assert (trainer.SETTINGS_FILE, trainer.LOCK_FILE) == (run.SETTINGS_FILE, run.LOCK_FILE)
    assert (trainer.HISTORY_FILE, trainer.PROGRESS_FILE) == (run.HISTORY_FILE, run.PROGRESS_FILE)


def test_a_training_is_watched_and_its_model_used(qtbot, dialog, short_training, monkeypatch, home):
    monkeypatch.setenv("WAIT", "1")
    dialog.network.setCurrentText("hands")
    dialog.epochs.setValue(2)
    dialog.seed.setValue(7)
    click(qtbot, dialog.start_button)
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 860, timeout=60_000)
    folder = dialog.trainer.folder
    assert folder.parent == home / "models"
    assert folder.name.startswith("hands-2")
    options = json.loads((folder / "options").read_text())
    assert options == {"--network": "hands", "--seed": "7", "--epochs": "2", "--out": str(folder)}
    assert dialog.bar.value() == 645
    assert "Epoch 2 of 2" in dialog.time_left.text()
    assert "2 minutes left" in dialog.time_left.text()
    assert dialog.curves.accessibleDescription() == "After epoch 1 of 2: training 95.0 %, validation 97.0 %"
    assert said(dialog) == "Starting …"
    assert shown(dialog) == ["Cancel"]
    assert not dialog.form.isEnabled()

    (folder / "go").touch()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog) == "Done. 99.15 % of MNIST's test digits are read right."
    assert dialog.curves.accessibleDescription() == "After epoch 2 of 2: training 98.0 %, validation 98.5 %"
    assert shown(dialog) == ["Start", "Use this model"]
    with qtbot.waitSignal(dialog.trained) as used:
        click(qtbot, dialog.use_button)
    assert used.args == [folder]
    assert not dialog.isVisible()


def test_the_network_s_own_epochs_are_left_to_it(qtbot, dialog, short_training):
    assert dialog.epochs.text() == "the network's own"
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert "--epochs" not in json.loads((dialog.trainer.folder / "options").read_text())


def test_a_training_that_fails_says_why_and_can_go_on(qtbot, dialog, short_training, monkeypatch):
    monkeypatch.setenv("FAIL", "1")
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog) == "The disk is full.\nMake room.\n1 finished epoch kept."
    assert shown(dialog) == ["Start", "Go on", "Delete"]
    monkeypatch.delenv("FAIL")
    folder = dialog.trainer.folder
    click(qtbot, dialog.go_on_button)
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert json.loads((folder / "options").read_text()) == {"--resume": "", "--out": str(folder)}
    assert shown(dialog) == ["Start", "Use this model"]


def test_a_run_that_was_left_is_offered_again_unless_a_process_is_at_it(qtbot, home, answer):
    folder = home / "models" / "classic-old"
    run.start(folder, run.Settings())
    with FileLock(folder / run.LOCK_FILE):
        busy = RetrainDialog()
        qtbot.addWidget(busy)
        busy.show()
        assert shown(busy) == ["Start"]
    dialog = RetrainDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert "classic-old was not finished" in said(dialog)
    assert shown(dialog) == ["Start", "Go on", "Delete"]
    for answer.press in ("Escape", "Enter", "Cancel"):
        click(qtbot, dialog.delete_button)
        assert folder.exists()
    answer.press = "Delete"
    with FileLock(folder / run.LOCK_FILE):
        click(qtbot, dialog.delete_button)
        assert "Nothing was deleted" in said(dialog)
        assert folder.exists()


def test_without_mnist_the_training_s_own_sentence_is_shown(qtbot, dialog, tmp_path, home):
    dialog.data.setText(str(tmp_path / "nowhere"))
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog).startswith(f"There is no MNIST in {tmp_path / 'nowhere'}")
    assert shown(dialog) == ["Start"]
    assert not list(home.glob("models/*"))


def test_without_tensorflow_one_is_told_how_to_get_it(qtbot, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    dialog = RetrainDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert said(dialog) == NO_TENSORFLOW
    assert 'pip install "digitpad[train]"' in said(dialog)
    assert not dialog.start_button.isEnabled()


def test_the_dialog_does_not_import_the_training():
    program = "import sys, digitpad_desktop.retrain\n"
    program += "assert not {'tensorflow', 'keras', 'matplotlib', 'digitpad.training'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_cannot_be_started_is_said(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(trainer, "COMMAND", ("/nonexistent/python",))
    dialog.begin()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert "/nonexistent/python could not be started" in said(dialog)
    assert shown(dialog) == ["Start"]


def test_closing_asks_before_it_stops_a_training(qtbot, dialog, short_training, monkeypatch, answer):
    monkeypatch.setenv("WAIT", "1")
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 860, timeout=60_000)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    answer.press = "Enter"
    dialog.close()
    assert (dialog.isVisible(), dialog.is_training, len(answer.asked)) == (True, True, 2)
    answer.press = "Stop"
    dialog.close()
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog) == "Stopped; 1 finished epoch kept."


def test_a_training_that_does_not_listen_is_killed(qtbot, short_training, monkeypatch):
    monkeypatch.setenv("WAIT", "1")
    monkeypatch.setenv("DEAF", "1")
    monkeypatch.setattr(trainer, "SECONDS_TO_STOP", 1)
    dialog = RetrainDialog()
    qtbot.addWidget(dialog)
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 860, timeout=60_000)
    dialog.cancel()
    assert not dialog.cancel_button.isEnabled()
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog) == "Stopped; 1 finished epoch kept."


def test_a_training_that_is_ended_from_outside_says_so(qtbot, dialog, short_training, monkeypatch):
    monkeypatch.setenv("WAIT", "1")
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 860, timeout=60_000)
    os.kill(int((dialog.trainer.folder / "pid").read_text()), signal.SIGKILL)
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog).startswith("The system ended the training")


def test_a_dialog_that_goes_takes_its_training_along(qtbot, short_training, monkeypatch):
    monkeypatch.setenv("WAIT", "1")
    dialog = RetrainDialog()
    dialog.begin()
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 860, timeout=60_000)
    process = int((dialog.trainer.folder / "pid").read_text())
    shiboken6.delete(dialog)
    assert not is_alive(process)


@pytest.mark.parametrize("end", ["app.quit()", "raise SystemExit", "os.kill(os.getpid(), 15)"])
def test_an_app_that_ends_takes_its_training_along(short_training, tmp_path, home, end):
    program = f"""
        import os, sys
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication
        from digitpad_desktop import trainer
        from digitpad_desktop.retrain import RetrainDialog

        trainer.COMMAND = (sys.executable, {str(short_training)!r})
        app = QApplication([])
        dialog = RetrainDialog()
        dialog.begin()

        def look():
            if trainer.read_progress(dialog.trainer.folder):
                {end}

        timer = QTimer(interval=50)
        timer.timeout.connect(look)
        timer.start()
        app.exec()
    """
    environment = {**os.environ, "WAIT": "1"}
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], env=environment, timeout=30, check=False)
    [note] = home.glob("models/*/pid")
    until(lambda: not is_alive(int(note.read_text())))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"epoch": 1}', b"\xff\xfe"])
def test_a_note_or_history_that_cannot_be_read_is_no_progress(tmp_path, content):
    (tmp_path / trainer.PROGRESS_FILE).write_bytes(content)
    (tmp_path / trainer.HISTORY_FILE).write_bytes(content)
    assert trainer.read_progress(tmp_path) is None
    assert trainer.read_history(tmp_path) == ([], [])


def test_of_a_history_that_is_being_written_the_whole_lines_are_read(tmp_path):
    (tmp_path / trainer.HISTORY_FILE).write_text("epoch,accuracy,val_accuracy\n0,0.9,0.8\n1,0.95")
    assert trainer.read_history(tmp_path) == ([0.9], [0.8])


@pytest.mark.parametrize("epochs", [0, 1, 2, 14, 1000])
def test_the_curves_show_both_lines_on_light_and_dark(qtbot, epochs):
    for paper in ("#ffffff", "#1e1e1e"):
        curves = Curves()
        qtbot.addWidget(curves)
        curves.setPalette(QPalette(QColor(paper)))
        curves.resize(480, 220)
        learned = [1 - 0.3 / (epoch + 1) for epoch in range(epochs)]
        curves.show_history(learned, [share - 0.02 for share in learned], epochs)
        below_legend = to_array(curves.grab().toImage())[30:, :, :3]
        for colour in (LEARNED_COLOUR, HELD_OUT_COLOUR):
            is_seen = (below_legend == colour.getRgb()[:3]).all(axis=2).any()
            assert is_seen == (epochs > 0)


def test_a_real_training_is_stopped_half_way_and_goes_on_and_is_deleted(qtbot, dialog, mnist, answer):
    def reaches_its_batches():
        return dialog.bar.maximum() > 0 and dialog.bar.value() > 10

    dialog.epochs.setValue(1)
    click(qtbot, dialog.start_button)
    qtbot.waitUntil(reaches_its_batches, timeout=120_000)
    assert dialog.bar.maximum() == 430
    assert dialog.time_left.text().startswith("Epoch 1 of 1, accuracy ")
    assert dialog.time_left.text().endswith(" left")
    click(qtbot, dialog.cancel_button)
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert said(dialog) == "Stopped; 0 finished epochs kept."
    folder = dialog.trainer.folder
    assert not (folder / trainer.PROGRESS_FILE).exists()

    click(qtbot, dialog.go_on_button)
    qtbot.waitUntil(reaches_its_batches, timeout=120_000)
    assert dialog.trainer.folder == folder
    click(qtbot, dialog.cancel_button)
    qtbot.waitUntil(lambda: not dialog.is_training, timeout=60_000)
    assert not (folder / CARD_FILE).exists()
    answer.press = "Delete"
    click(qtbot, dialog.delete_button)
    assert len(answer.asked) == 1
    assert not folder.exists()
    assert shown(dialog) == ["Start"]
