"""Sentences that the user should see but need not answer."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

MOST = 3  # sentences at once


class NoticeBar(QFrame):
    """One sentence above the pad, with a button to put it away; not there while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._told: list[tuple[str, str]] = []  # each with what it is about
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)  # a file's name may look like HTML
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setAccessibleName("Notice")
        close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip("Put this notice away")
        close.setAccessibleName("Put this notice away")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.addWidget(self.text, stretch=1)
        layout.addWidget(close)
        self.hide()

    def tell(self, sentence: str, about: str = "") -> None:
        """Show a sentence below those that are still shown.

        Args:
            sentence: what to say; an empty one says nothing.
            about: what it is about, if an older sentence about the same is then no longer true.
        """
        told = [] if self.isHidden() else self._told  # also before the window is shown
        if about:
            told = [(words, topic) for words, topic in told if topic != about]
        if sentence and all(sentence != words for words, _ in told):
            told = [*told, (sentence, about)][-MOST:]
        self._told = told
        self.text.setText("\n".join(words for words, _ in self._told))
        self.text.setToolTip(self.text.text())
        self.setHidden(not self._told)
