"""What the tests of the desktop share: one who answers its questions."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox


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


@pytest.fixture
def answer(qapp):
    """Whoever answers."""
    made = Answer()
    yield made
    made.stop()
