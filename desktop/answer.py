"""The answer: the digit, large, and all that belongs to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad import Reading, Verdict
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import headline, sentence, sureness
from digitpad_desktop.bars import NOTHING, Bars
from digitpad_desktop.glyph_view import GlyphView


class Answer(QFrame):
    """What was read: digit, verdict, confidence, ten bars, what the network saw, and how long it took."""

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self.digit, self.verdict, self.confidence, self.time = QLabel(), QLabel(), QLabel(), QLabel()
        self.bars, self.glyph = Bars(), GlyphView()
        large = self.digit.font()
        large.setPointSizeF(self.font().pointSizeF() * 6.5)
        large.setBold(True)
        self.digit.setFont(large)
        self.digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.digit.setMinimumWidth(self.digit.fontMetrics().horizontalAdvance("0") + 24)
        self.digit.setAccessibleName("Digit")
        bold = self.verdict.font()
        bold.setPointSizeF(self.font().pointSizeF() * 1.3)
        bold.setBold(True)
        self.verdict.setFont(bold)
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName("Verdict")
        caption = QLabel("What the network saw")
        for quiet in (caption, self.confidence, self.time):
            quiet.setForegroundRole(quiet.foregroundRole().PlaceholderText)

        seen = QVBoxLayout()
        seen.setSpacing(4)
        seen.addWidget(self.glyph, alignment=Qt.AlignmentFlag.AlignHCenter)
        seen.addWidget(caption, alignment=Qt.AlignmentFlag.AlignHCenter)
        top = QHBoxLayout()
        top.addWidget(self.digit, stretch=1)
        top.addLayout(seen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.verdict)
        layout.addWidget(self.confidence)
        layout.addWidget(self.bars, stretch=1)
        layout.addWidget(self.time)
        pad.subscribe(self._follow)
        self._show()

    def _follow(self, change: Change) -> None:
        if change is Change.READING or (change is Change.DRAWING and not self._pad.is_live):
            self._show()

    def _show(self) -> None:
        pad = self._pad
        is_blank = pad.drawing.content.is_empty
        reading = Reading.empty() if is_blank else pad.reading
        waits = not pad.is_live and not pad.is_read and not is_blank
        if waits:
            self.digit.setText("")
            self.verdict.setText("Press Predict")
            self.confidence.setText("The drawing has not been read yet.")
            self.bars.show_shares(NOTHING, None)
            self.time.setText("")
            return
        is_empty = reading.verdict is Verdict.EMPTY
        self.digit.setText(headline(reading))
        self.verdict.setText(sentence(reading))
        self.confidence.setText(sureness(reading))
        self.bars.show_shares(NOTHING if is_empty else tuple(map(float, reading.shares)), reading.digit)
        self.glyph.show_glyph(reading.glyph)
        self.time.setText("" if is_empty else f"Read by {pad.recognizer.model.name} in {pad.milliseconds:.1f} ms")


def caption_of(text: str) -> QWidget:
    """A heading above a part of the window."""
    label = QLabel(text)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label
