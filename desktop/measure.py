"""Measures the window itself, for `scripts/benchmark.py --desktop`.

    python -m digitpad_desktop.measure BEGAN      the pad
    python -m digitpad_desktop.measure --inside   the window *Inside*

BEGAN is the time (seconds since 1970) at which the process was started. Prints one line of JSON.
"""

import json
import sys
import time

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from digitpad_desktop.app import make_application, make_window
from digitpad_desktop.inside import PAUSE, InsideWindow
from digitpad_desktop.window import Window

STROKES = 1000
INSIDE_STROKES = 50  # of seven places each
GIVEN_UP = 1.0  # seconds after which maps that have not followed the pen count as if they had
SEVEN = [(60, 50), (110, 50), (170, 52), (160, 90), (140, 140), (120, 200), (115, 230)]


class _Painted(QObject):
    """Notes when what it watches was last painted."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.at = time.perf_counter()
        return False


def measure(began: float) -> dict[str, float | bool]:
    """Start to a window that has read, and pen-up to the digit on the screen, over a thousand drawings."""
    application = make_application()
    window, pad = make_window()
    painted = _Painted()
    window.answer.digit.installEventFilter(painted)
    window.show()
    QTest.qWaitForWindowExposed(window)
    _write_seven(window, painted)
    start = time.time() - began
    waits = []
    for _ in range(STROKES):
        window.do.clear.trigger()
        application.processEvents()
        waits.append(_write_seven(window, painted))
    waits.sort()
    pad.history.close()
    pad.hands.close()
    return {
        "start": start,
        "pen_up_to_digit_ms": 1000 * waits[len(waits) // 2],
        "pen_up_to_digit_p95_ms": 1000 * waits[len(waits) * 95 // 100],
        "has_tensorflow": "tensorflow" in sys.modules,
    }


def measure_inside() -> dict[str, float]:
    """Pen move to all maps on the screen, over many moves, beside the main window."""
    make_application()
    window, pad = make_window()
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.show_inside()
    [inside] = window.findChildren(InsideWindow)
    QTest.qWaitForWindowExposed(inside)
    painted = _Painted()
    inside.layers[0].installEventFilter(painted)
    waits = []
    for _ in range(INSIDE_STROKES):
        window.do.clear.trigger()
        QTest.qWait(2 * PAUSE)  # what takes longer is shown while the pen rests
        QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(*SEVEN[0]))
        QApplication.processEvents()
        for place in SEVEN[1:]:
            moved = time.perf_counter()
            QTest.mouseMove(window.canvas, QPoint(*place))
            while painted.at < moved and time.perf_counter() - moved < GIVEN_UP:
                QApplication.processEvents()
            waits.append(time.perf_counter() - moved)  # painted to the end, and all else that followed the move
            if painted.at < moved:
                break  # a reading took so long, on a busy machine, that the next waits for the end of the stroke
        QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(*SEVEN[-1]))
    waits.sort()
    pad.history.close()
    pad.hands.close()
    return {
        "move_to_maps_ms": 1000 * waits[len(waits) // 2],
        "move_to_maps_p95_ms": 1000 * waits[len(waits) * 95 // 100],
    }


def _write_seven(window: Window, painted: _Painted) -> float:
    """Draw a 7 with the mouse; the seconds from pen-up until it was painted as a digit."""
    canvas = window.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*SEVEN[0]))
    for place in SEVEN[1:]:
        QTest.mouseMove(canvas, QPoint(*place))
    up = time.perf_counter()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*SEVEN[-1]))
    while window.answer.digit.text() != "7" or painted.at < up:
        QApplication.processEvents()
        if time.perf_counter() - up > 10:
            raise RuntimeError(f"the 7 was read as {window.answer.digit.text()!r}")
    return painted.at - up


if __name__ == "__main__":
    figures = measure_inside() if sys.argv[1] == "--inside" else measure(float(sys.argv[1]))
    print(json.dumps(figures), flush=True)
    sys.stdin.read()  # so that its memory can be looked at
