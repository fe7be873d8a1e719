"""A page that is scrolled down where it has too little room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Shows a page as wide as itself, with room kept for the scroll bar.

    A page whose height follows from its width would else have no rest: the bar that appears makes it narrower, and so
    lower, whereupon the bar goes.

    Args:
        page: what is shown.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._page.setFixedWidth(max(self.width() - self.verticalScrollBar().sizeHint().width(), 1))
