"""Drawing on the canvas: mouse, keys and tablet, and what is seen on the paper."""

import numpy as np
import pytest
from conftest import draw
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPalette, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from windowing import shows, write

from digitpad import Recognizer

pytestmark = pytest.mark.usefixtures("own_settings")


def test_what_is_drawn_is_seen_on_the_paper_and_in_the_saved_picture(qtbot, window, tmp_path, monkeypatch, answer):
    before = window.canvas.grab().toImage()
    write(qtbot, window, 1)
    after = window.canvas.grab().toImage()
    assert after != before
    file = tmp_path / "one"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    window.do.save.trigger()
    assert Recognizer().read(file.with_suffix(".png")).digit == 1
    before = file.with_suffix(".png").read_bytes()
    for answer.press in ("Escape", "Enter", "Cancel"):
        window.do.save_seen.trigger()
        assert file.with_suffix(".png").read_bytes() == before
    assert answer.asked == [f"{file}.png exists already. Replace it?"] * 3
    answer.press = "Replace"
    window.do.save_seen.trigger()
    np.testing.assert_array_equal(np.asarray(Image.open(file.with_suffix(".png"))), window._pad.reading.glyph)


def test_strokes_painted_one_by_one_look_like_those_painted_at_once(qtbot, window):
    write(qtbot, window, 8)
    write(qtbot, window, 4, left=150)
    bit_by_bit = window.canvas.grab().toImage()
    size = window.size()
    window.resize(size.width() + 40, size.height() + 40)  # for which all of it is painted again
    qtbot.wait(20)
    window.resize(size)
    qtbot.wait(20)
    assert window.canvas.grab().toImage() == bit_by_bit


def test_ink_that_nobody_sees_is_not_read(qtbot, window):
    canvas = window.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(100, 5000))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(-300, 5000))
    for x, y in window._pad.drawing.content.strokes[0].points:
        assert 0 <= x <= canvas.width()
        assert 0 <= y <= canvas.height()


def test_a_pen_is_lifted_when_something_comes_between(qtbot, window):
    canvas = window.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.KeypadModifier)
    window.do.clear.trigger()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert window._pad.drawing.content.is_empty
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    window.strip.setFocus()
    assert not window._pad.drawing.is_drawing
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    window.close()
    assert len(window._pad.remembered()) == 1


def test_a_digit_is_drawn_with_the_keyboard_alone(qtbot, window):
    canvas = window.canvas
    assert canvas.hasFocus()
    for _ in range(8):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(15):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(5):
        qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.waitUntil(shows(window, "1"))
    assert len(window._pad.drawing.content.strokes) == 1


def test_a_tablet_pen_presses_and_its_other_end_erases(qtbot, window):
    canvas = window.canvas

    def pen(kind, x, y, pressure, end=QPointingDevice.PointerType.Pen):
        device = QPointingDevice(
            "tablet", 1, QPointingDevice.DeviceType.Stylus, end, QPointingDevice.Capability.Pressure, 1, 1
        )
        place = QPointF(x, y)
        down = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            canvas,
            QTabletEvent(
                kind, device, place, place, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, down, down
            ),
        )

    pen(QEvent.Type.TabletPress, 50, 50, 0.2)
    pen(QEvent.Type.TabletMove, 60, 150, 1.0)
    pen(QEvent.Type.TabletRelease, 60, 150, 0.0)
    pen(QEvent.Type.TabletPress, 50, 50, 0.5, QPointingDevice.PointerType.Eraser)
    pen(QEvent.Type.TabletRelease, 50, 50, 0.0, QPointingDevice.PointerType.Eraser)
    drawn, erased = window._pad.drawing.content.strokes
    assert drawn.widths[0] < drawn.widths[1]
    assert not drawn.erases
    assert erased.erases


def test_the_drawing_stays_where_it_was_when_the_window_grows(qtbot, window):
    write(qtbot, window, 1)
    before = window._pad.drawing.content
    window.resize(1300, 900)
    qtbot.wait(20)
    assert window._pad.drawing.content is before
    # The same pixel has ink, near the top left, in both.
    assert window.canvas.grab().toImage().pixelColor(180, 110) == window.palette().text().color()


@pytest.fixture
def small(qtbot, window):
    """The canvas of a window that was made small after a dot was drawn far to the lower right."""
    window.resize(1300, 900)
    qtbot.wait(20)
    canvas = window.canvas
    far = canvas.rect().bottomRight() - QPoint(40, 40)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=far)
    window.resize(window.minimumSizeHint())
    qtbot.wait(20)
    assert not canvas.rect().contains(far)
    return canvas


def has_ink(canvas, place):
    return canvas.grab().toImage().pixelColor(place) == canvas.palette().text().color()


def test_a_drawing_made_on_a_larger_canvas_is_seen_whole_and_stays_where_it_is(qtbot, small):
    seen = small.grab().toImage()
    right, bottom = small.rect().bottomRight().toTuple()
    inside = [QPoint(x, y) for x in range(10, right - 3) for y in range(10, bottom - 3)]
    assert any(seen.pixelColor(place) == small.palette().text().color() for place in inside)
    before = small._scale
    qtbot.mouseClick(small, Qt.MouseButton.LeftButton, pos=QPoint(right, bottom))
    assert small._scale == pytest.approx(before)


def test_one_draws_on_it_where_the_pen_is(qtbot, small):
    place, below = QPoint(40, 60), QPoint(0, 40)
    qtbot.mousePress(small, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(small, place + below)
    assert has_ink(small, place + below / 2)
    qtbot.mouseRelease(small, Qt.MouseButton.LeftButton, pos=place + below)
    assert has_ink(small, place + below / 2)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(small, key)
    small.clearFocus()
    assert has_ink(small, small.rect().center() + QPoint(0, 6))


def test_a_drawing_on_a_picture_says_that_it_took_its_place_and_undo_brings_it_back(qtbot, window):
    canvas = window.canvas
    window.opening.bring([draw(6)])
    qtbot.waitUntil(shows(window, "6"))
    place = canvas.geometry()
    write(qtbot, window, 1)
    qtbot.waitUntil(shows(window, "1"))
    assert canvas.geometry() == place  # nothing moves under the pen
    assert "Undo it to bring the picture back." in canvas.accessibleDescription()
    told = canvas.grab().toImage()
    window.do.undo.trigger()
    qtbot.waitUntil(shows(window, "6"))
    assert "Undo" not in canvas.accessibleDescription()
    window.do.clear.trigger()
    write(qtbot, window, 1)
    quiet = canvas.grab().toImage()
    lower_edge = [(x, y) for x in range(0, told.width()) for y in range(told.height() - 24, told.height() - 10)]
    assert len({quiet.pixel(*pixel) for pixel in lower_edge[200:-200]}) == 1
    assert len({told.pixel(*pixel) for pixel in lower_edge[200:-200]}) > 1


def test_the_paper_is_dark_where_the_system_is_dark(qtbot, window):
    write(qtbot, window, 1)
    dark = QPalette(Qt.GlobalColor.black)
    window.setPalette(dark)
    shot = window.canvas.grab().toImage()
    assert shot.pixelColor(5, 150) == dark.base().color()
    assert shot.pixelColor(180, 110) == dark.text().color()
