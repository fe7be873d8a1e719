"""Practice: a person writes each digit once, and their hand is learned in a minute; without a screen."""

from digitpad.lesson import Lesson
from digitpad.pad.hands import Hands
from digitpad.pad.history import History
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import headline_of, with_article
from digitpad.reading import Verdict
from digitpad.recognizer import Recognizer

DIGITS = 10


class Practice:
    """The digits from 0 to 9, each of which is written once, or skipped.

    Args:
        recognizer: whose model reads.
        hands: whose current hand learns.

    Attributes:
        pad: what the digits are written on; they are in no history.
        is_doubtful: whether what was written looks like something else, and the person is asked whether it is meant.
    """

    def __init__(self, recognizer: Recognizer, hands: Hands) -> None:
        self._hands = hands
        self._given: list[Lesson | None] = []  # None for a digit that was skipped
        self.pad = Pad(recognizer, History(None, most=1), hands)
        self.is_doubtful = False
        self.pad.subscribe(self._follow)

    @property
    def asked(self) -> int | None:
        """The digit to be written; None where all were."""
        return len(self._given) if len(self._given) < DIGITS else None

    @property
    def learned(self) -> int:
        """How many digits were written."""
        return sum(lesson is not None for lesson in self._given)

    @property
    def can_take(self) -> bool:
        """Whether something was written that can be taken for the digit."""
        empty = self.pad.drawing.content.is_empty or self.pad.reading.verdict is Verdict.EMPTY
        return self.asked is not None and not self.pad.drawing.is_drawing and not empty

    def take(self) -> None:
        """Learn what was written as the digit that was asked for, and ask for the next one.

        What looks like something else is asked back first, and learned when it is taken again.
        """
        self.pad.follow()
        digit = self.asked
        if digit is None or not self.can_take:
            return
        reading = self.pad.reading
        is_another = reading.verdict is Verdict.DIGIT and reading.digit != digit
        if (is_another or self.pad.page) and not self.is_doubtful:
            self.is_doubtful = True
            return
        lesson = Lesson(reading.glyph, digit)
        self._go_on(lesson)
        self._hands.teach(lesson)

    def skip(self) -> None:
        """Ask for the next digit without this one."""
        if self.asked is not None:
            self._go_on(None)

    def back(self) -> None:
        """Ask for the digit before once more; what was learned of it is undone."""
        if self._given:
            lesson = self._given.pop()
            self._clear()
            if lesson:
                self._hands.take_back(lesson)

    def again(self) -> None:
        """Begin anew; what was learned stays."""
        self._given = []
        self._clear()

    def end(self) -> None:
        """Let go of the hands; the pad can't be used any more."""
        self.pad.leave()

    def _go_on(self, lesson: Lesson | None) -> None:
        self._given.append(lesson)
        self._clear()

    def _clear(self) -> None:
        self.is_doubtful = False
        self.pad.clear()
        self.pad.forget_all()
        self.pad.follow()

    def _follow(self, change: Change) -> None:
        if change is Change.DRAWING:
            self.is_doubtful = False


def told(practice: Practice) -> str:
    """What is to be done, and how far it is."""
    if practice.asked is None:
        learned = f"{practice.learned} of your digits" if practice.learned else "nothing"
        return f"Done: I learned {learned}."
    return f"{practice.asked + 1} of {DIGITS}. Write {with_article(practice.asked)}"


def doubt(practice: Practice) -> str:
    """What the person is asked where what was written looks like something else; else nothing."""
    if not practice.is_doubtful or practice.asked is None:
        return ""
    page = practice.pad.page
    seen = " ".join(headline_of(page).split()) if page else with_article(practice.pad.reading.digit)
    return f"This looks like {seen}. Is it your {practice.asked}?"
