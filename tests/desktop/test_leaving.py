"""Leaving from outside: Ctrl-C, a logout, a terminal that is closed, in the middle of whatever goes on."""

import os
import signal
import subprocess
import sys
import textwrap

import psutil
import pytest
from conftest import repeated, save
from waiting import SECONDS, until

from digitpad.pad.history import History

# What goes on in the window when the signal comes; each may wait in a loop of its own.
SITUATIONS = {
    "a stroke is being drawn": "pass",
    "a question is asked": "window.do.forget.trigger()",
    "a file is chosen": "window.do.open.trigger()",
    "a menu is open": "window.menuBar().actions()[0].menu().exec()",
    "many pictures are read": "window.opening.bring([Path('large')])",
    "a page is read that takes long": (
        "type(window._pad.recognizer).read_numbers = lambda *_: time.sleep(3600);"
        "window.opening.bring([Path('large/000.png')])"
    ),
}
PROGRAM = """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QPoint, Qt, QTimer
    from PySide6.QtTest import QTest
    from digitpad_desktop import app, retrain, trainer

    make = app.make_window

    def make_window(model=None):
        window, pad = make(model)

        def begin():
            QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
            QTest.mouseMove(window.canvas, QPoint(100, 200))
            print("ready", flush=True)
            {situation}

        QTimer.singleShot(0, begin)
        return window, pad

    app.make_window = make_window
    sys.exit(app.main([]))
"""

# Starts as the command does, and is interrupted at a step that Python's audit events tell of.
FIRST_MOMENTS = """
    import os, signal, sys

    def hear(event, details):
        if event == "{step}" and str(details[0]).endswith("{of}"):
            os.kill(os.getpid(), signal.SIGINT)

    sys.addaudithook(hear)
    from digitpad_desktop.start import main
    sys.exit(main())
"""


@pytest.fixture
def started(tmp_path):
    """A function that starts a program whose output can be read, and never leaves it behind."""
    programs = []

    def start(*command):
        program = subprocess.Popen(
            [sys.executable, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
        programs.append(program)
        return program

    yield start
    for program in programs:
        program.kill()
        program.communicate()


def in_the_middle_of(started, situation):
    program = started("-c", textwrap.dedent(PROGRAM.format(situation=situation)))
    assert program.stdout.readline() == "ready\n"
    # It waits in Qt's loop, and Python runs nothing.
    until(lambda: psutil.Process(program.pid).status() == psutil.STATUS_SLEEPING, program=program)
    return program


def ends(program):
    said = program.communicate(timeout=SECONDS)[1]
    assert "Traceback" not in said
    assert "KeyboardInterrupt" not in said
    return program.returncode


@pytest.mark.parametrize("situation", SITUATIONS)
def test_ctrl_c_closes_the_pad_and_the_drawing_is_kept(started, home, tmp_path, situation):
    repeated(save(tmp_path / "five.png", 5, side=1000), tmp_path / "large", 400)
    program = in_the_middle_of(started, SITUATIONS[situation])
    program.send_signal(signal.SIGINT)
    assert ends(program) == 130
    assert [entry.digit for entry in History(home / "history.sqlite").latest(9)] == [1]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_logout_and_a_terminal_that_is_closed_lose_nothing(started, home, name):
    number = getattr(signal, name)
    program = in_the_middle_of(started, "pass")
    program.send_signal(number)
    assert ends(program) == 128 + number
    assert [entry.digit for entry in History(home / "history.sqlite").latest(9)] == [1]


def test_ctrl_c_ends_a_training_too_and_asks_nothing(started, home, tmp_path):
    training = tmp_path / "training.py"
    training.write_text(
        "import os, time\nfrom pathlib import Path\nPath('pid').write_text(str(os.getpid()))\ntime.sleep(60)\n"
    )
    begin = f"trainer.COMMAND = (sys.executable, {str(training)!r}); "
    begin += (
        "QTimer.singleShot(0, lambda: window.findChild(retrain.RetrainDialog).begin()); window.do.train.trigger()"
    )
    program = in_the_middle_of(started, begin)
    until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), program=program)
    program.send_signal(signal.SIGINT)
    assert ends(program) == 130
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize(
    ("step", "of"),
    [("import", "digitpad_desktop.app"), ("import", "PySide6.QtWidgets"), ("sqlite3.connect", "history.sqlite")],
)
def test_ctrl_c_ends_it_in_its_first_moments_too_and_leaves_no_traceback(started, step, of):
    program = started("-c", textwrap.dedent(FIRST_MOMENTS.format(step=step, of=of)))
    assert ends(program) in (130, -signal.SIGINT)  # a shell says 130 of both


def test_what_the_one_who_starts_it_wants_to_be_ignored_is_ignored(started):
    program = started(
        "-c",
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        + textwrap.dedent(PROGRAM.format(situation="pass")),
    )
    assert program.stdout.readline() == "ready\n"
    program.send_signal(signal.SIGHUP)  # of two that it heeds, the first would say how it ends
    program.send_signal(signal.SIGTERM)
    assert ends(program) == 143
