"""What was taught of drawings: the lesson for the hand, the mark in the history, and the way back from both."""

from dataclasses import dataclass

from digitpad.lesson import Lesson
from digitpad.pad.correcting import is_right
from digitpad.pad.drawing import Content
from digitpad.pad.hands import Hands
from digitpad.pad.history import Entry, History, Mark
from digitpad.pad.words import label
from digitpad.reading import Reading, Verdict


@dataclass(frozen=True, eq=False)
class Taught:
    """What was taught of a drawing, and what its entry in the history said of corrections before."""

    content: Content
    lesson: Lesson
    before: Mark | None

    def is_of(self, content: Content) -> bool:
        """Whether that is what is on the canvas: the drawing as it was, under whatever number."""
        return content.strokes is self.content.strokes and content.picture is self.content.picture


class Teacher:
    """Teaches a person's hand what their drawings are.

    Args:
        hands: what learns.
        history: where what was wrong is marked.
    """

    def __init__(self, hands: Hands, history: History) -> None:
        self._hands, self._history = hands, history
        self._taught: list[Taught] = []  # of the same drawing, the last lesson last

    def last(self, content: Content) -> Lesson | None:
        """The lesson that was just taught of what is on the canvas; None where none was, or it was forgotten."""
        last = self._taught[-1] if self._taught else None
        return last.lesson if last and last.is_of(content) and self._hands.has(last.lesson) else None

    def teach(self, content: Content, reading: Reading, was: str, digit: int | None) -> None:
        """Teach what a digit on the canvas is.

        Args:
            content: what is on the canvas.
            reading: of the digit.
            was: what was read, as it is shown.
            digit: what it is; None for no digit.
        """
        lesson = Lesson(reading.glyph, digit)
        before = None
        if content.number is not None:
            before = self._mark(content.number, was, digit, reading.verdict, reading.digit)
        if self._taught and not self._taught[-1].is_of(content):
            self._taught = []
        self._taught.append(Taught(content, lesson, before))
        self._hands.teach(lesson)

    def take_back(self) -> None:
        """Undo the last lesson of what is on the canvas."""
        last = self._taught.pop()
        if last.content.number is not None:
            self._history.mark(last.content.number, last.before)
        self._hands.take_back(last.lesson)

    def teach_entry(self, entry: Entry, digit: int | None) -> None:
        """Teach what a drawing of the past is."""
        self._mark(entry.number, label(entry), digit, entry.verdict, entry.digit)
        self._hands.teach(Lesson(entry.glyph, digit))

    def take_back_entry(self, entry: Entry) -> None:
        """Undo what was taught of a drawing of the past."""
        self._history.mark(entry.number, None)
        self._hands.take_back(*self._hands.lessons_of(entry.glyph))

    def _mark(self, number: int, was: str, digit: int | None, verdict: Verdict, read: int | None) -> Mark | None:
        """Mark a drawing as corrected, unless it was read rightly; what was said of it before."""
        before = self._history.marked(number)
        if before or not is_right(digit, verdict, read):
            self._history.mark(number, Mark(before.was if before else was, digit))
        return before
