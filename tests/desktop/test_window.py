"""The window as a whole: its actions and settings, its models, its sizes."""

import sys

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QFileDialog
from windowing import open_window, shows, write

from digitpad import Recognizer
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_desktop import app
from digitpad_desktop.settings import Settings
from digitpad_desktop.tool_button import ToolButton
from digitpad_desktop.window import Window

pytestmark = pytest.mark.usefixtures("own_settings")


def test_a_picture_that_cannot_be_written_is_said(qtbot, window, monkeypatch):
    write(qtbot, window, 1)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/proc/none/one.png", ""))
    window.do.save.trigger()
    assert "/proc/none/one.png can't be written" in window.notices.text.text()


def test_undo_redo_and_clear_from_the_keyboard(qtbot, window):
    write(qtbot, window, 7)
    qtbot.waitUntil(shows(window, "7"))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, ""))
    assert not window.do.undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(shows(window, "7"))
    qtbot.keyClick(window, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, ""))
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(shows(window, "7"))


def test_several_notices_are_all_seen(window):
    for sentence in ("One.", "Two.", "One."):
        window.notices.tell(sentence)
    assert window.notices.text.text() == "One.\nTwo."


def test_several_notices_before_the_window_is_shown_are_all_seen(qtbot, history_file):
    window = Window(Pad(Recognizer(model="hands"), History(history_file)), Settings())
    qtbot.addWidget(window)
    for sentence in ("One.", "Two."):
        window.notices.tell(sentence)
    assert window.notices.text.text() == "One.\nTwo."


def test_the_pen_and_its_width_are_chosen_by_keys(qtbot, window):
    width = window._pad.width
    qtbot.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert window._pad.width > width
    assert window.controls.width_slider.value() == round(window._pad.width)
    qtbot.keyClick(window.canvas, Qt.Key.Key_E)
    assert window._pad.erases
    assert window.do.tools.eraser.isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_P)
    assert not window._pad.erases


def test_pen_size_model_and_history_are_there_at_the_next_start(qtbot, history_file):
    window = open_window(qtbot, history_file)
    window._pad.choose_pen(width=33)
    window.do.live.trigger()
    window.resize(760, 650)
    write(qtbot, window, 4)
    window.models.activated.emit(window.models.findText("classic"))
    window.close()
    again = open_window(qtbot, history_file)
    assert again._pad.width == 33
    assert not again._pad.is_live
    assert (again.width(), again.height()) == (760, 650)
    assert again.strip.item(0).text() == "4"
    assert app._recognizer(None, Settings())[0].model.name == "classic"


def test_a_damaged_history_is_said_and_no_end(qtbot, history_file):
    history_file.write_bytes(b"rubbish" * 999)
    window = open_window(qtbot, history_file)
    assert "was damaged" in window.notices.text.text()
    assert window.notices.isVisible()
    window.notices.hide()
    write(qtbot, window, 4)
    assert not window.notices.isVisible()  # it is said once
    assert window.strip.item(0).text() == "4"


def test_settings_that_make_no_sense_are_passed_over(qtbot, history_file):
    store = QSettings("digitpad", "digitpad-desktop")
    for name, value in {"geometry": "nonsense", "pen-width": "nan", "live": 7, "model": "gone"}.items():
        store.setValue(name, value)
    store.sync()
    assert open_window(qtbot, history_file)._pad.width == 18
    recognizer, notice = app._recognizer(None, Settings())
    assert recognizer.model.name == "hands"
    assert "gone" in notice


def test_another_model_reads_what_is_drawn(qtbot, window):
    write(qtbot, window, 2)
    window.models.activated.emit(window.models.findText("classic"))
    assert "classic" in window.answer.time.text()
    assert window.answer.digit.text() == "2"


def test_a_trained_model_that_cannot_be_opened_is_said_and_the_other_reads_on(qtbot, window, tmp_path):
    write(qtbot, window, 2)
    window._use_and_show(tmp_path)
    assert "can't be read" in window.notices.text.text()
    assert window.models.currentText() == "hands"
    assert window.answer.digit.text() == "2"


def test_the_tool_that_is_chosen_is_filled_and_the_other_is_not(qtbot, window):
    buttons = {button.text(): button for button in window.controls.findChildren(ToolButton)}

    def filled(name):
        button = buttons[name]
        return button.grab().toImage().pixelColor(button.width() // 2, 3) == button.palette().highlight().color()

    for colour in ("#202020", "#f0f0f0"):
        window.setPalette(QPalette(QColor(colour)))
        assert {name for name in buttons if filled(name)} == {"Pen", "Live"}
        qtbot.keyClick(window.canvas, Qt.Key.Key_E)
        assert {name for name in buttons if filled(name)} == {"Eraser", "Live"}
        qtbot.keyClick(window.canvas, Qt.Key.Key_P)


@pytest.mark.parametrize("size", [(800, 600), (1900, 1000)])
def test_everything_is_inside_a_small_and_a_large_window(qtbot, window, size):
    window.resize(*size)
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    for widget in (window.canvas, window.answer, window.strip, window.controls, window.models):
        corner = widget.mapTo(window, QPoint(widget.width(), widget.height()))
        assert corner.x() <= size[0]
        assert corner.y() <= size[1]
    assert window.canvas.height() > 200


def test_everything_that_is_operated_has_a_name(window):
    for widget in (window.canvas, window.strip, window.models, window.controls.width_slider, window.answer.bars):
        assert widget.accessibleName()


def test_no_tensorflow_is_loaded_by_the_window():
    import subprocess

    program = (
        "import sys; from digitpad_desktop import app, window; "
        "print([name for name in ('tensorflow', 'keras', 'matplotlib', 'streamlit') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_a_model_that_is_not_there_is_said_at_the_start(capsys):
    assert app.main(["--model", "nobody"]) == 1
    assert "digitpad-desktop: There is no model 'nobody'" in capsys.readouterr().err
