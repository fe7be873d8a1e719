"""Sentences that the user should see but need not answer."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton


class NoticeBar(QFrame):
    """One sentence above the pad, with a button to put it away; not there while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
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

    def tell(self, sentence: str) -> None:
        """Show a sentence; an empty one changes nothing."""
        if sentence:
            self.text.setText(sentence)
            self.show()
