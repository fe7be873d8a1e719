"""The answer: the digit, large, and all that belongs to it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from digitpad import Reading, Verdict
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import (
    NOT_READ,
    NOTHING_HERE,
    PRESS_PREDICT,
    WHAT_WAS_SEEN,
    bars,
    headline,
    headline_of,
    read_by,
    sentence,
    sentence_of,
    sureness,
    sureness_of,
)
from digitpad_desktop.bars import Bars
from digitpad_desktop.digits import Digits
from digitpad_desktop.glyph_view import GlyphView
from digitpad_desktop.lesson_pictures import LessonPictures
from digitpad_desktop.letters import enlarged
from digitpad_desktop.teach_row import TeachRow

# Letters in proportion to the system's, as a window of the usual size has them.
DIGIT, VERDICT = 6.5, 1.3
NARROW = 0.8  # of the digits of a number, several of which are to stand beside each other
GAP = 12  # pixels between the digit and the glyph
SMALL = 0.8  # below this factor there is room for the answer alone


class Answer(QFrame):
    """What was read: digit, verdict, confidence, the bars, what the network saw, and how long it took."""

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self.digit, self.verdict, self.time = QLabel(), QLabel(), QLabel()
        self.bars, self.glyph, self.digits = Bars(), GlyphView(), Digits(pad)
        self.lessons, self.teaching = LessonPictures(), TeachRow(pad)
        self.confidence = self.teaching.said
        self._has_caption = True
        self._letters = DIGIT  # of the digit, or of a number that has room for no larger ones
        self.digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.digit.setAccessibleName("Digit")
        self.verdict.setWordWrap(True)
        self.verdict.setAccessibleName("Verdict")
        # The name of a model can be longer than there is room.
        self.time.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._caption = QLabel(WHAT_WAS_SEEN)
        for quiet in (self._caption, self.time):
            quiet.setForegroundRole(quiet.foregroundRole().PlaceholderText)

        seen = QVBoxLayout()
        seen.setSpacing(4)
        seen.addWidget(self.glyph, alignment=Qt.AlignmentFlag.AlignHCenter)
        seen.addWidget(self._caption, alignment=Qt.AlignmentFlag.AlignHCenter)
        top = QHBoxLayout()
        top.addWidget(self.digit, stretch=1)
        top.addWidget(self.lessons)
        top.addLayout(seen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.verdict)
        layout.addWidget(self.teaching)
        layout.addWidget(self.digits)
        layout.addWidget(self.bars, stretch=1)
        layout.addWidget(self.time)
        pad.subscribe(self._follow)
        self.enlarge(1.0)
        self._show()

    def enlarge(self, factor: float) -> None:
        """Write so many times as large as the system does; below 1 only what is large shrinks."""
        letters = max(factor, 1.0)
        for widget in (self._caption, self.teaching, self.time, self.bars):
            widget.setFont(enlarged(self.font(), letters))
        self.digits.setFont(enlarged(self.font(), NARROW * letters))
        self.verdict.setFont(enlarged(self.font(), VERDICT * letters, bold=True))
        self._letters = DIGIT * factor
        self.digit.setFont(enlarged(self.font(), self._letters, bold=True))
        self.digit.setMinimumWidth(self.digit.fontMetrics().horizontalAdvance("0") + 24)
        self.digit.setFixedHeight(self.digit.fontMetrics().height())
        self.glyph.enlarge(factor)
        self._has_caption = factor >= SMALL
        self._caption.setVisible(self._has_caption)
        self.lessons.enlarge(factor, self._has_caption)
        self._fit_digit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_digit()

    def _fit_digit(self) -> None:
        """Write a number as large as there is room beside the glyph for it."""
        letters = self._letters
        beside = [self.glyph, self._caption] if self._has_caption else [self.glyph]
        room = self.width() - max(widget.sizeHint().width() for widget in beside) - GAP
        if not self.lessons.isHidden():
            room -= self.lessons.width() + GAP
        while letters > VERDICT:
            font = enlarged(self.font(), letters, bold=True)
            needed = QFontMetrics(font).size(0, self.digit.text() or "0")
            if needed.width() <= room and needed.height() <= self.digit.height():
                break
            letters *= 0.9
        self.digit.setFont(enlarged(self.font(), letters, bold=True))

    def _follow(self, change: Change) -> None:
        if change in (Change.READING, Change.POINTED) or (
            change is Change.DRAWING and not self._pad.drawing.is_drawing
        ):
            self._show()

    def _show(self) -> None:
        pad = self._pad
        is_blank = pad.drawing.content.is_empty
        reading = Reading.empty() if is_blank else pad.reading
        waits = not pad.is_live and not pad.is_read and not is_blank
        if waits:
            self.lessons.show_lessons(())
            self.digit.setText("")
            self.verdict.setText(PRESS_PREDICT)
            self.teaching.fill(NOT_READ, is_read=False)
            self.digits.hide()
            self._show_bars(Reading.empty())
            self.time.setText("")
            return
        is_empty = reading.verdict is Verdict.EMPTY
        page = None if is_blank else pad.page
        shown = pad.shown if page else reading
        self.lessons.show_lessons(shown.lessons)
        self.digit.setText(headline_of(page) if page else headline(reading))
        self._fit_digit()
        self.verdict.setText(sentence_of(page) if page else sentence(reading))
        has_nothing = is_empty and pad.is_read and not is_blank and not pad.drawing.is_drawing
        sure = sureness_of(page) if page else sureness(reading)
        self.teaching.fill(NOTHING_HERE if has_nothing else sure, is_read=not is_blank)
        self.digits.fill()
        self._show_bars(shown)
        self.glyph.show_glyph(shown.glyph)
        self.time.setText("" if is_empty else read_by(pad.recognizer.model.name, pad.milliseconds))
        self.time.setToolTip(self.time.text())

    def _show_bars(self, reading: Reading) -> None:
        self.bars.show_bars(bars(reading, self._pad.recognizer.model.tells_no_digit))
