"""What the tests of the desktop share: the window, the table of many pictures, and one who answers questions."""

from pathlib import Path

import pytest
from conftest import repeated, save
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from windowing import open_window

from digitpad import Recognizer
from digitpad.pad.hands import Hands
from digitpad_desktop.results import ResultsDialog


class Answer:
    """Answers questions as a person does.

    Attributes:
        press: the button that is clicked, by its name; or "Enter" or "Escape", the key that is pressed.
        asked: the questions so far.
    """

    def __init__(self) -> None:
        self.press = "Escape"
        self.asked: list[str] = []
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            self.asked.append(box.text())
            if self.press in ("Enter", "Escape"):
                QTest.keyClick(box, {"Enter": Qt.Key.Key_Return, "Escape": Qt.Key.Key_Escape}[self.press])
            else:
                [button] = [button for button in box.buttons() if button.text().replace("&", "") == self.press]
                button.click()

    def stop(self) -> None:
        """Answer no more."""
        self._timer.stop()


@pytest.fixture(autouse=True)
def nothing_stays_open(qapp):
    """No window of a test stands before those of the next: it would get their mouse."""
    yield
    left = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for window in left:
        window.hide()
    assert not left


@pytest.fixture
def answer(qapp):
    """Whoever answers."""
    made = Answer()
    yield made
    made.stop()


@pytest.fixture
def history_file(tmp_path):
    return tmp_path / "history.sqlite"


@pytest.fixture
def window(qtbot, own_settings, history_file):
    """The window at its first start."""
    return open_window(qtbot, history_file)


@pytest.fixture
def opened(qtbot):
    """A function that opens the dialog for some paths."""
    parent = QWidget()
    qtbot.addWidget(parent)

    def open_dialog(*paths: Path) -> ResultsDialog:
        hands = Hands(None)
        dialog = ResultsDialog(paths, Recognizer(hand=hands.current), hands, parent)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_dialog


@pytest.fixture
def read(qtbot, opened):
    """A function that opens the dialog for some paths and waits until all are read."""

    def read_all(*paths: Path) -> ResultsDialog:
        dialog = opened(*paths)
        qtbot.waitUntil(lambda: dialog.stop.text() == "Close", timeout=60_000)
        return dialog

    return read_all


@pytest.fixture
def large(tmp_path) -> Path:
    """A folder of forty pictures that take a while each."""
    return repeated(save(tmp_path / "five.png", 5, side=2000), tmp_path / "large", 40)
