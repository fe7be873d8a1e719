"""The program itself on a virtual screen, with a real pointer: drawn on, killed, and started again."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from waiting import until

from digitpad.pad.history import History

TOOLS = ("Xvfb", "xdotool")
SEVEN = [(120, 130), (160, 128), (200, 126), (240, 124), (215, 170), (190, 220), (170, 270), (160, 310)]


@pytest.fixture
def screen(tmp_path):
    """The environment of a program on a screen of its own."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        # Where they ought to be there, a test that is skipped would look like one that passed.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"needs {', '.join(missing)}")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as display:
            number = display.readline().strip()
        home = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("DATA", "CONFIG", "CACHE")}
        yield os.environ | home | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        server.terminate()


def window_of(screen, program):
    def find():
        search = ["xdotool", "search", "--onlyvisible", "--name", "^digitpad$"]
        return subprocess.run(search, env=screen, capture_output=True, text=True).stdout.split()

    return until(find, lambda: "the window did not come", program)[-1]


def test_a_digit_is_drawn_and_kept_through_a_kill(screen, tmp_path):
    history = Path(screen["XDG_DATA_HOME"]) / "digitpad" / "history.sqlite"

    def kept():
        if not history.exists():
            return []
        store = History(history)
        entries = store.latest(9)
        store.close()
        return [entry.digit for entry in entries]

    command = [sys.executable, "-m", "digitpad_desktop.start"]
    with subprocess.Popen(command, env=screen) as program:
        window = window_of(screen, program)
        pointer = ["xdotool", "mousemove", "--window", window, *map(str, SEVEN[0]), "mousedown", "1"]
        # All at once, as a busy program finds them: no place of the stroke may be left out.
        for x, y in SEVEN[1:]:
            pointer += ["mousemove", "--window", window, str(x), str(y)]
        subprocess.run([*pointer, "mouseup", "1"], env=screen, check=True)
        found = until(kept, lambda: "the drawing did not come", program)
        program.send_signal(signal.SIGKILL)
    assert found == [7]
    with subprocess.Popen(command, env=screen, stderr=subprocess.PIPE, text=True) as again:
        window_of(screen, again)
        again.terminate()
        assert "Traceback" not in again.communicate()[1]
    assert kept() == [7]
