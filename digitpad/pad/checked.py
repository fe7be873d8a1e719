"""A number on a page, as it was read and as a person says it is."""

import re
from dataclasses import dataclass, replace
from typing import Any

from digitpad.errors import CorrectionError
from digitpad.lesson import Lesson
from digitpad.numbers.page import Box, Digit, Number, Page
from digitpad.pad.words import percent
from digitpad.reading import Verdict

NUMBER = re.compile(r"[.,]?[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, eq=False)
class CheckedNumber:
    """A number on a page.

    Attributes:
        id: tells it from the others of its page, for as long as the page is there.
        row, place: where it stands: in which row of the page, and where in that; both from 1.
        box: left, top, right, bottom, in pixels of the picture.
        number: what was read in the box; None where nothing was.
        corrected: what a person says it is, also where that is what was read; None without a word of theirs.
        by_hand: whether a person drew the box, or moved it.
        lessons: what was learned from the person's word.
    """

    id: int
    row: int
    place: int
    box: Box
    number: Number | None
    corrected: str | None = None
    by_hand: bool = False
    lessons: tuple[Lesson, ...] = ()

    @property
    def read_as(self) -> str:
        """The text that was read; empty where nothing was."""
        return self.number.text if self.number else ""

    @property
    def text(self) -> str:
        """What counts: the person's word, else what was read."""
        return self.read_as if self.corrected is None else self.corrected

    @property
    def shown(self) -> str:
        """The text as it is shown: "4017", in doubt "4017?", and "?" where nothing was read."""
        return f"{self.text}?" if self.needs_a_look else self.text

    @property
    def confidence(self) -> float:
        """The probability that all that was read is right, 0 to 1."""
        return self.number.confidence if self.number else 0.0

    @property
    def sureness(self) -> str:
        """The confidence as it is shown; empty where nothing was read."""
        return percent(self.confidence) if self.number else ""

    @property
    def verdict(self) -> Verdict:
        """What the recognizer took it for, whatever the person says."""
        return self.number.verdict if self.number else Verdict.UNSURE

    @property
    def needs_a_look(self) -> bool:
        """Whether it is in doubt, and no person has said what it is."""
        return self.corrected is None and self.verdict is not Verdict.DIGIT

    @property
    def digits(self) -> tuple[Digit, ...]:
        """Its digits with their boxes; none where the person's word has another count of digits than was read."""
        read = self.number.digits if self.number else ()
        return read if len(read) == len(_places(self.text)) else ()

    @property
    def least_sure(self) -> int | None:
        """Which of its `digits`, from 0, is the most doubtful; None where there are none."""
        sure = [digit.reading.confidence for digit in self.digits]
        return sure.index(min(sure)) if sure else None

    @property
    def to_learn(self) -> tuple[Lesson, ...]:
        """What the person's word teaches: each digit that was read wrongly, or not for sure.

        Nothing where the word has another count of digits than was read: nobody knows which is which.
        """
        meant = [int(self.text[place]) for place in _places(self.text)] if self.corrected is not None else []
        return tuple(
            Lesson(reading.glyph, digit)
            for digit, reading in zip(meant, (digit.reading for digit in self.digits), strict=False)
            if reading.verdict is not Verdict.DIGIT or reading.digit != digit
        )

    def with_text(self, text: str) -> "CheckedNumber":
        """The number with a person's word.

        Raises:
            CorrectionError: it is no number.
        """
        text = text.strip()
        if not NUMBER.fullmatch(text):
            given = f"{text!r} is no number" if text else "Nothing was typed"
            raise CorrectionError(
                f"{given}. Type digits, with a point or comma where there is one, or remove the box."
            )
        return replace(self, corrected=text)

    def with_digit(self, which: int, digit: str) -> "CheckedNumber":
        """The number with another digit in one of its places, from 0.

        Raises:
            CorrectionError: it is no digit, or there is no such place.
        """
        places = _places(self.text)
        if not 0 <= which < len(places):
            raise CorrectionError(f"{self.text or 'It'} has no digit number {which + 1}. Type the whole number.")
        if not re.fullmatch("[0-9]", digit):
            raise CorrectionError(f"{digit!r} is no digit. Type one from 0 to 9.")
        start, end = self.text[: places[which]], self.text[places[which] + 1 :]
        return self.with_text(start + digit + end)

    def to_dict(self) -> dict[str, Any]:
        """What is known of it as `json.dumps` takes it."""
        return {
            "text": self.text,
            "read_as": self.read_as,
            "corrected": self.corrected,
            "verdict": str(self.verdict),
            "confidence": round(self.confidence, 6),
            "box": list(self.box),
            "by_hand": self.by_hand,
            "digits": self.number.to_dict()["digits"] if self.number else [],
        }


def unchecked(page: Page) -> tuple[CheckedNumber, ...]:
    """The numbers of a page that nobody has looked over yet, in the order in which one reads."""
    found: list[CheckedNumber] = []
    for row, numbers in enumerate(page.rows, 1):
        for place, number in enumerate(numbers, 1):
            found.append(CheckedNumber(len(found), row, place, number.box, number))
    return tuple(found)


def _places(text: str) -> list[int]:
    """Where in a text its digits are."""
    return [place for place, sign in enumerate(text) if sign.isdecimal()]
