"""What every test finds: the real data, drawings of digits, and a home folder of its own."""

import os
import shutil
import signal
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from digitpad.errors import DataError
from digitpad.glyphs.strokes import Stroke
from digitpad.training.data.datasets import Mnist, load_mnist
from digitpad_web.measuring.hand import DIGITS

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # the desktop app is tested without a screen
# Started in the background of a script, or by nohup, tests would ignore Ctrl-C or the end of a terminal, and so would
# the programs that they interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
if "DIGITPAD_DATA" in os.environ:  # programs that are started in another folder are to find it too
    os.environ["DIGITPAD_DATA"] = str(Path(os.environ["DIGITPAD_DATA"]).absolute())


def curve(points: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """The way of a hand past these points, which makes no corner where three of them lie in a bow.

    Between the middles of its lines it follows the bows of a quadratic B-spline.
    """
    if len(points) < 5:  # a bar, or a 7: there the corners are meant
        return [(float(x), float(y)) for x, y in points]
    places = np.array(points, float)
    middles = (places[:-1] + places[1:]) / 2
    along = np.linspace(0, 1, 6)[:, np.newaxis]
    bows = [
        (1 - along) ** 2 * before + 2 * along * (1 - along) * corner + along**2 * after
        for before, corner, after in zip(middles, places[1:-1], middles[1:], strict=False)
    ]
    return [(float(x), float(y)) for x, y in np.vstack([places[:1], *bows, places[-1:]])]


# Each digit as a person draws it: strokes, each a list of points in the same box.
STROKES = {digit: [curve(points) for points in strokes] for digit, strokes in DIGITS.items()}


def draw(digit: int, side: int = 280, pen: int = 18, ink: int = 0, paper: int = 255, strokes=None) -> np.ndarray:
    """A drawing of a digit: uint8 (side, side), anti-aliased strokes of a round pen."""
    picture = np.full((side, side), paper, np.uint8)
    for stroke in (strokes or STROKES)[digit]:
        points = np.array(stroke, float) * (side / 100)
        cv2.polylines(picture, [points.round().astype(np.int32)], False, ink, pen, cv2.LINE_AA)
    return picture


def drawn(text: str, step: float = 70, at: tuple[float, float] = (0, 0), pen: float = 6) -> list[Stroke]:
    """The strokes of a number, each digit in a box of 100 units that begins `step` units after the one before."""
    return [
        Stroke(tuple((x + at[0] + place * step, y + at[1]) for x, y in stroke), (pen,) * len(stroke))
        for place, digit in enumerate(text)
        for stroke in STROKES[int(digit)]
    ]


# How the arrow keys write 1234, as a pocket calculator shows it, from the middle of the canvas on: whether the pen is
# down, and where it goes, how many steps each time.
KEYS_1234 = [
    (False, [("Left", 12), ("Up", 6)]),
    (True, [("Down", 12)]),
    (False, [("Right", 3), ("Up", 12)]),
    (True, [("Right", 5), ("Down", 6), ("Left", 5), ("Down", 6), ("Right", 5)]),
    (False, [("Right", 3), ("Up", 12)]),
    (True, [("Right", 5), ("Down", 6), ("Left", 3), ("Right", 3), ("Down", 6), ("Left", 5)]),
    (False, [("Right", 8), ("Up", 12)]),
    (True, [("Down", 6), ("Right", 5)]),
    (False, [("Up", 6)]),
    (True, [("Down", 12)]),
]


def fence() -> np.ndarray:
    """A drawing that is no digit, nor like one: uint8 (280, 280)."""
    picture = draw(1)
    picture[:, 40:60] = picture[:, 120:140] = picture[:, 200:220] = picture[60:80] = picture[180:200] = 0
    return picture


def save(path: Path, digit: int, side: int = 280) -> Path:
    """Save a drawing of a digit as a picture file; give its path."""
    Image.fromarray(draw(digit, side, pen=side // 15)).save(path)
    return path


def repeated(picture: Path, folder: Path, count: int) -> Path:
    """A new folder that has the same picture so many times, by the numbers from 0 on: one file under many names."""
    folder.mkdir()
    first, *others = (folder / f"{number:0{len(str(count))}}{picture.suffix}" for number in range(count))
    shutil.copyfile(picture, first)
    for other in others:
        other.hardlink_to(first)
    return folder


@pytest.fixture(scope="session")
def mnist() -> Mnist:
    """The real MNIST, all of it."""
    try:
        return load_mnist()
    except DataError as error:
        # Where it ought to be there, a test that is skipped would look like one that passed.
        if os.environ.get("CI") or os.environ.get("DIGITPAD_DATA"):
            raise
        pytest.skip(f"needs MNIST: {str(error).splitlines()[0]} Name a folder that has it with $DIGITPAD_DATA.")


@pytest.fixture
def own_settings(tmp_path: Path) -> None:
    """The desktop's settings, none yet and the test's own."""
    from PySide6.QtCore import QSettings

    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, empty and the test's own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "digitpad"
