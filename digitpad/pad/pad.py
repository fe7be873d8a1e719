"""The state of the pad, without a screen: what is drawn, what is read, what was read before.

Widgets observe it and call its methods; nothing here knows Qt.
"""

import time
from dataclasses import replace
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from digitpad import Page, Reading, Recognizer, Verdict
from digitpad.errors import HistoryError
from digitpad.glyphs.strokes import Stroke
from digitpad.lesson import Lesson
from digitpad.models.hand import Hand
from digitpad.pad.correcting import ONE
from digitpad.pad.drawing import Content, Drawing, picture_of
from digitpad.pad.hands import Hands
from digitpad.pad.history import Entry, History
from digitpad.pad.looking import look, picture_of_digit
from digitpad.pad.observed import Observed
from digitpad.pad.teacher import Teacher
from digitpad.pad.words import headline, headline_of
from digitpad.seeing import glyph_in

THINNEST, THICKEST = 2, 60  # pixels that a pen can be chosen to be wide
PEN = 18
ERASER = 2.5  # times as wide as the pen
LIGHTEST = 0.35  # share of its width that a pen has which hardly touches
FRAME = 25.0  # milliseconds that a reading may take while the pen is down
REMEMBERED = 60  # drawings that can be brought back


class Change(Enum):
    """What has become another."""

    DRAWING = auto()
    READING = auto()
    HISTORY = auto()
    MODEL = auto()
    PEN = auto()
    POINTED = auto()
    HAND = auto()


class Pad(Observed[Change]):
    """One person's pad.

    Args:
        recognizer: whose model reads.
        history: where drawings are kept.
        hands: what is learned of how the person writes; None to remember it in memory alone.

    Attributes:
        recognizer: who reads: the model, with the hand that is chosen.
        drawing: what is on the canvas.
        reading: what was read last, of several digits only that; empty before the first reading, and for an empty
            canvas.
        page: what was read last, where that was several digits; else None.
        pointed: which of the page's digits is looked at, the least sure one first.
        milliseconds: that the last reading took.
        is_live: whether the reading follows the pen by itself.
        width: of the pen, in pixels.
        erases: whether the pen is an eraser.
    """

    def __init__(self, recognizer: Recognizer, history: History, hands: Hands | None = None) -> None:
        super().__init__()
        self.hands = hands or Hands(None)
        # One of its own: others that read by the same model have other hands.
        self.recognizer = Recognizer(recognizer.model, self.hands.current)
        self.history = history
        self.drawing = Drawing()
        self.reading = Reading.empty()
        self.page: Page | None = None
        self.pointed = 0
        self.milliseconds = 0.0
        self.is_live = True
        self.width = float(PEN)
        self.erases = False
        self._read: Content = self.drawing.content
        self._teacher = Teacher(self.hands, history)
        self.hands.subscribe(self._take_hand)

    @property
    def is_read(self) -> bool:
        """Whether the reading is of what is on the canvas now."""
        return self._read is self.drawing.content

    @property
    def shown(self) -> Reading:
        """The reading of one digit that is looked at: of several the one that is pointed at."""
        return self.page.digits[self.pointed].reading if self.page else self.reading

    @property
    def shown_picture(self) -> NDArray[np.uint8]:
        """The picture of the one digit that is looked at, uint8; of several that one's part of it."""
        return picture_of_digit(self.drawing.content, self.page if self.is_read else None, self.pointed)

    @property
    def tip(self) -> float:
        """How wide the pen is, or the eraser where that is in the hand, in pixels."""
        return self._width(1.0, self.erases)

    def choose_pen(self, width: float | None = None, erases: bool | None = None) -> None:
        """Take another pen, or the eraser."""
        if width is not None:
            self.width = min(max(width, float(THINNEST)), float(THICKEST))
        if erases is not None:
            self.erases = erases
        self._tell(Change.PEN)

    def press(self, x: float, y: float, pressure: float = 1.0, erases: bool = False) -> None:
        """Put the pen down; `erases` where it is held upside down."""
        erases = erases or self.erases
        self.drawing.begin(x, y, self._width(pressure, erases), erases)
        self._tell(Change.DRAWING)

    def move(self, x: float, y: float, pressure: float = 1.0) -> None:
        """Move the pen, which is down."""
        strokes = self.drawing.content.strokes
        self.drawing.extend(x, y, self._width(pressure, bool(strokes) and strokes[-1].erases))
        self._tell(Change.DRAWING)

    def release(self) -> None:
        """Lift the pen; the drawing is kept."""
        self.drawing.end()
        self._keep()
        self._tell(Change.DRAWING)

    def add(self, *strokes: Stroke) -> None:
        """Make whole strokes at once; the drawing is kept, and read, no more than twice."""
        # Kept with its first stroke, it has a number, which is that of all its later states too.
        for some in (strokes[:1], strokes[1:]):
            for stroke in some:
                self.drawing.add(stroke)
            if some:
                self._tell(Change.DRAWING)
                self._keep()

    def undo(self) -> None:
        """Take back the last stroke, clearing, or picture; what is left is kept, unless that is nothing."""
        if self.drawing.can_undo:
            self.drawing.undo()
            self._tell(Change.DRAWING)
            self._keep()

    def redo(self) -> None:
        """Bring again what was taken back, and keep it."""
        if self.drawing.can_redo:
            self.drawing.redo()
            self._tell(Change.DRAWING)
            self._keep()

    def clear(self) -> None:
        """Empty the canvas for the next digit."""
        self.drawing.clear()
        self._tell(Change.DRAWING)

    def show(self, content: Content) -> None:
        """Put a picture on the canvas, and keep it."""
        self.drawing.show(content)
        self._keep()
        self._tell(Change.DRAWING)

    def bring_back(self, entry: Entry) -> None:
        """Put a drawing of the past on the canvas; what is drawn on it changes that one."""
        try:
            content = self.history.content(entry.number)
        except HistoryError as error:
            self.history.notice = str(error)
            self._tell(Change.HISTORY)
            return
        self.drawing.show(content)
        self._tell(Change.DRAWING)

    def forget(self, entry: Entry) -> None:
        """Take one drawing out of the history; should it be on the canvas, its next change keeps it anew."""
        self.history.remove(entry.number)
        self._tell(Change.HISTORY)

    def forget_all(self) -> None:
        """Empty the history, and the way back: what is forgotten can't be brought again by undoing."""
        self.history.clear()
        self.drawing.forget()
        self._tell(Change.DRAWING)
        self._tell(Change.HISTORY)

    def predict(self) -> None:
        """Read what is on the canvas, and keep it with that reading."""
        self._look()
        if not self.drawing.is_drawing:
            self._write_down()

    def follow(self) -> None:
        """Read what is on the canvas, if the reading is live and of something else.

        While the pen is down, what takes longer than a frame of the screen is not read anew: the pen would stumble.
        """
        is_late = self.drawing.is_drawing and self.milliseconds > FRAME
        if self.is_live and not self.is_read and not is_late:
            self._look()

    def point_at(self, digit: int) -> None:
        """Look at another one of several digits; nothing happens where there is none."""
        if self.page and 0 <= digit < len(self.page.digits) and digit != self.pointed:
            self.pointed = digit
            self._tell(Change.POINTED)

    def use(self, recognizer: Recognizer) -> None:
        """Let another model read from now on, with the same hand, what is on the canvas first."""
        self.recognizer = Recognizer(recognizer.model, self.hands.current)
        self._tell(Change.MODEL)
        self.predict()

    @property
    def can_teach(self) -> bool:
        """Whether a digit, or what is none, is looked at, and the hand can learn what it is."""
        return self.is_read and not self.drawing.is_drawing and self.shown.verdict in ONE and self._can_learn

    @property
    def lesson(self) -> Lesson | None:
        """What was just taught of what is on the canvas; None where nothing was, or the canvas has changed since."""
        return self._teacher.last(self.drawing.content)

    def teach(self, digit: int | None) -> None:
        """Teach what the digit is that is looked at, and read anew; nothing happens where that can't be.

        Args:
            digit: 0 to 9; None for no digit.
        """
        if self.can_teach:
            was = headline_of(self.page).replace("\n", " ") if self.page else headline(self.reading)
            self._teacher.teach(self.drawing.content, self.shown, was, digit)

    def unteach(self) -> None:
        """Undo the lesson that was just taught, if one was: the hand is as it was before."""
        if self.lesson:
            self._teacher.take_back()

    def can_teach_entry(self, entry: Entry) -> bool:
        """Whether the hand can learn what a drawing of the past is; of several digits one is taught on the canvas."""
        return not entry.text and entry.verdict is not Verdict.SEVERAL and bool(entry.glyph.any()) and self._can_learn

    def teach_entry(self, entry: Entry, digit: int | None) -> None:
        """Teach what a drawing of the past is, as `teach` does."""
        if self._is_on_canvas(entry):
            self.teach(digit)
        elif self.can_teach_entry(entry):
            self._teacher.teach_entry(entry, digit)
            self._tell(Change.HISTORY)

    def unteach_entry(self, entry: Entry) -> None:
        """Undo what was taught of a drawing of the past, also long ago."""
        if self.lesson and self._is_on_canvas(entry):
            self.unteach()
        else:
            self._teacher.take_back_entry(entry)
            self._tell(Change.HISTORY)

    def remembered(self) -> list[Entry]:
        """The drawings of the strip, the newest first."""
        return self.history.latest(REMEMBERED)

    @property
    def _can_learn(self) -> bool:
        return self.hands.current.is_on and self.recognizer.can_learn

    def _is_on_canvas(self, entry: Entry) -> bool:
        """Whether a drawing of the past is on the canvas, where it can be taught as what is looked at."""
        return entry.number == self.drawing.content.number and self.can_teach and self.page is None

    def _take_hand(self, hand: Hand) -> None:
        """Read with a hand that was changed, or chosen, from now on."""
        self.recognizer.hand = hand
        self._tell(Change.HAND)
        if self.is_read and not self.drawing.content.is_empty:
            self.predict()

    def leave(self) -> None:
        """Let go of the hands, which others use too: the pad hears no more of them."""
        self.hands.unsubscribe(self._take_hand)

    def _look(self) -> None:
        began = time.perf_counter()
        content = self.drawing.content
        before = self.page if self.is_read else None
        self.reading, self.page = look(self.recognizer, content, self.drawing.is_drawing)
        is_like_before = before and self.page and len(before.digits) == len(self.page.digits)
        if not is_like_before:
            self.pointed = self.page.least_sure if self.page else 0
        self.milliseconds = (time.perf_counter() - began) * 1000
        self._read = content
        self._tell(Change.READING)

    def _keep(self) -> None:
        self.hands.refresh()
        self.follow()
        self._write_down()

    def _write_down(self) -> None:
        content = self.drawing.content
        # A dot or a blank picture is nothing to come back to; but what was kept before goes on.
        is_blank = self.is_read and self.reading.verdict is Verdict.EMPTY and content.number is None
        if not content.is_empty and not is_blank:
            is_read = self.is_read
            # What waits to be read is seen in the strip all the same.
            reading = self.reading if is_read else replace(Reading.empty(), glyph=glyph_in(picture_of(content)))
            page = self.page if is_read else None
            self.drawing.keep_as(self.history.keep(content, reading, self.recognizer.model.name, page))
            if is_read:
                self._read = self.drawing.content
            self._tell(Change.HISTORY)

    def _width(self, pressure: float, erases: bool) -> float:
        width = self.width * (ERASER if erases else 1.0)
        return width * (LIGHTEST + (1 - LIGHTEST) * min(max(pressure, 0.0), 1.0))
