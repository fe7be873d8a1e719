"""Why a digit was read: what speaks for it and against it, over the drawing itself."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from digitpad import NO_DIGIT
from digitpad.errors import ModelError
from digitpad.glyphs.ink import drawn_in
from digitpad.models.sanity import shuffled
from digitpad.models.why import METHODS, explain, taken_for
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import (
    CAN_IT_LIE,
    DRAW_FIRST,
    METHOD,
    NO_OTHER,
    RATHER_THAN,
    WHY,
    WHY_WORDS,
    digit_name,
)
from digitpad.pad.pad import Pad
from digitpad.pad.why import LIGHT, Colours, asked, can_it_lie, legend, on_drawing, sentence
from digitpad_desktop.glossary import Words
from digitpad_desktop.images import to_image
from digitpad_desktop.inside_colours import why_colours
from digitpad_desktop.letters import enlarged
from digitpad_desktop.painting import painter_on

LARGEST = 26  # lines of the font that the picture is high at most
FILLED = 0.8  # of the paper that the drawing fills
CORNER = 8.0  # pixels of the paper's rounded corners
DIGITS = (*range(10), NO_DIGIT)
KEEP = Qt.AspectRatioMode.KeepAspectRatio


class WhyView(QWidget):
    """The explanation of a reading: what is asked, the picture, and the sentence that goes with it.

    Args:
        view: what is looked at.
        pad: whose reading it is.
    """

    def __init__(self, view: InsideView, pad: Pad) -> None:
        super().__init__()
        self._view, self._pad = view, pad
        self.digit, self.against, self.method = QComboBox(), QComboBox(), QComboBox()
        self._digit: int | None = None  # that was chosen; None for what was read
        self._read: int | None = None
        self.asked, self.sentence, self.source, self.notice = QLabel(), QLabel(), QLabel(), QLabel()
        self.picture, self.shuffled = WhyPicture(), WhyPicture()
        self.can_lie, self.lie = QCheckBox(CAN_IT_LIE), QLabel()
        self._choices = QWidget()
        self.glossary = Words(WHY_WORDS)
        self._lay_out()
        self._parts = (self.asked, self.sentence, self.source, self.picture, self.can_lie)
        self.method.addItems(list(METHODS))
        for box in (self.digit, self.against, self.method):
            box.activated.connect(self._choose)
        self.can_lie.toggled.connect(lambda: self.follow())
        self.enlarge(has_controls=True)

    def enlarge(self, has_controls: bool) -> None:
        """Take over the font that is set; with controls, or without them."""
        self.asked.setFont(enlarged(self.font(), 1.25, bold=True))
        self.sentence.setFont(enlarged(self.font(), 1.15))
        self._choices.setVisible(has_controls)
        self.glossary.setVisible(has_controls)

    def follow(self) -> None:
        """Explain what is read now; takes some frames."""
        side = self._view.pointed
        # Whatever is off: what is explained is the model as it is.
        reading = side.lens.look(side.inside.glyph, is_murky=self._pad.shown.is_murky).reading
        model = side.model
        self._read = taken_for(reading)
        self._fill_choices(model.tells_no_digit)
        digit = self.digit.currentData()
        against = self.against.currentData()
        try:
            why = explain(model, reading, digit, against, self.method.currentText())
        except (ModelError, ValueError) as error:
            self._show_nothing(str(error))
            return
        if why.strongest is None:
            self._show_nothing(DRAW_FIRST)
            return
        colours, is_dark = why_colours(self.palette())
        ink = drawn_in(self._pad.shown_picture).ink
        self.asked.setText(asked(why))
        self.sentence.setText(sentence(why))
        self.source.setText(f"{why.method.capitalize()}: {why.source}")
        self.picture.show_why(on_drawing(why, ink, is_dark), colours, legend(why))
        self.picture.setAccessibleDescription(self.sentence.text())
        self.notice.hide()
        for part in self._parts:
            part.show()
        is_tried = self.can_lie.isChecked()
        self.shuffled.setVisible(is_tried)
        self.lie.setVisible(is_tried)
        if is_tried:
            other = shuffled(model, why)
            self.lie.setText(can_it_lie(why, other))
            self.shuffled.show_why(on_drawing(other, ink, is_dark), colours, legend(why))
            self.shuffled.setAccessibleDescription(self.lie.text())

    def _show_nothing(self, why_not: str) -> None:
        self.notice.setText(why_not)
        self.notice.show()
        for part in (*self._parts, self.shuffled, self.lie):
            part.hide()

    def _fill_choices(self, tells_no_digit: bool) -> None:
        """Offer the digits that can be asked for; what was read is asked for until another one is chosen."""
        digits = DIGITS if tells_no_digit else DIGITS[:-1]
        digit = self._digit if self._digit in digits else self._read
        against = self.against.currentData()
        _fill(self.digit, [(digit_name(each), each) for each in digits], digit)
        others = [(digit_name(each), each) for each in digits if each != digit]
        _fill(self.against, [(NO_OTHER, None), *others], against)

    def _choose(self) -> None:
        chosen = self.digit.currentData()
        self._digit = None if chosen == self._read else chosen
        self.follow()

    def _lay_out(self) -> None:
        for label in (self.asked, self.sentence, self.source, self.notice, self.lie):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.source.setForegroundRole(self.source.foregroundRole().PlaceholderText)
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        for place, (words, box) in enumerate(((WHY, self.digit), (RATHER_THAN, self.against), (METHOD, self.method))):
            label = QLabel(words)
            label.setBuddy(box)
            box.setAccessibleName(words)
            grid.addWidget(label, place, 0)
            grid.addWidget(box, place, 1)
        grid.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._choices)
        layout.addWidget(self.notice)
        layout.addWidget(self.asked)
        pictures = QHBoxLayout()
        pictures.setSpacing(12)
        pictures.addWidget(self.picture, stretch=1)
        pictures.addWidget(self.shuffled, stretch=1)
        layout.addLayout(pictures)
        layout.addWidget(self.sentence)
        layout.addWidget(self.source)
        layout.addWidget(self.can_lie)
        layout.addWidget(self.lie)
        layout.addWidget(self.glossary)
        layout.addStretch(1)


def _fill(box: QComboBox, offered: Sequence[tuple[str, int | None]], chosen: int | None) -> None:
    """Offer choices, and keep the one that is chosen; the first one where it is not among them."""
    if [box.itemText(index) for index in range(box.count())] != [name for name, _ in offered]:
        box.clear()
        for name, value in offered:
            box.addItem(name, value)
    values = [value for _, value in offered]
    box.setCurrentIndex(values.index(chosen) if chosen in values else 0)


class WhyPicture(QWidget):
    """A drawing in the colours of what it speaks for, and below it what the colours stand for."""

    def __init__(self) -> None:
        super().__init__()
        self._image, self._part = QImage(), QRectF()
        self._colours, self._legend = LIGHT, ("", "")

    def show_why(self, picture: NDArray[np.uint8], colours: Colours, told: tuple[str, str]) -> None:
        """Show another picture.

        Args:
            picture: uint8 (H, W, 4), transparent where the paper is.
            colours: of what speaks for it, and against it, and of the paper.
            told: what these two stand for.
        """
        self._image, self._colours, self._legend = to_image(picture), colours, told
        rows, columns = (np.flatnonzero(picture[..., 3].any(axis=axis)) for axis in (1, 0))
        self._part = QRectF(self._image.rect())
        if len(rows):  # as large as there is room for it, wherever on the paper it stands
            size = QSizeF(int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1)
            self._part = QRectF(QPointF(int(columns[0]), int(rows[0])), size)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(round(self._side()) + 2 * self.fontMetrics().height() + 8)

    def _side(self) -> float:
        return min(self.width(), LARGEST * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        side, line = self._side(), self.fontMetrics().height()
        paper = QRectF(0.5, 0.5, side - 1, side - 1)
        painter.setPen(self.palette().mid().color())
        painter.setBrush(QColor(*self._colours.paper))
        painter.drawRoundedRect(paper, CORNER, CORNER)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            place = QRectF(QPointF(), self._part.size().scaled(paper.size() * FILLED, KEEP))
            place.moveCenter(paper.center())
            painter.drawImage(place, self._image, self._part)
        top = side + 6
        for colour, words in zip((self._colours.speaks_for, self._colours.against), self._legend, strict=True):
            painter.fillRect(QRectF(0, top + line * 0.2, line * 0.65, line * 0.65), QColor(*colour))
            painter.setPen(self.palette().text().color())
            painter.drawText(QPointF(line, top + self.fontMetrics().ascent()), words)
            top += line
        painter.end()
