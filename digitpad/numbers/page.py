"""What the recognizer says of a picture that shows numbers: digits, numbers, rows, a page."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import HandError
from digitpad.reading import Reading, Verdict

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the picture; right and bottom lie outside


@dataclass(frozen=True)
class Digit:
    """One digit of a number.

    Attributes:
        box: where it is.
        reading: what the recognizer says of it.
        strokes: which strokes of a drawing made it, by their places in it; none for a picture.
    """

    box: Box
    reading: Reading
    strokes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Number:
    """Digits that stand together.

    Attributes:
        text: the digits from left to right, with a decimal point or comma where one is plain: "3.5".
        confidence: the calibrated probability that all of it is right, 0 to 1.
        digits: one or more.
    """

    text: str
    confidence: float
    digits: tuple[Digit, ...]

    @property
    def box(self) -> Box:
        """The smallest box around all its digits."""
        return around([digit.box for digit in self.digits])

    @property
    def verdict(self) -> Verdict:
        """`Verdict.DIGIT` where every digit is one and the number is more likely right than not, else `UNSURE`."""
        are_digits = all(digit.reading.verdict is Verdict.DIGIT for digit in self.digits)
        return Verdict.DIGIT if are_digits and self.confidence >= 0.5 else Verdict.UNSURE

    def to_dict(self) -> dict[str, Any]:
        """What it says as `json.dumps` takes it."""
        return {
            "text": self.text,
            "verdict": str(self.verdict),
            "confidence": round(self.confidence, 6),
            "box": list(self.box),
            "digits": [
                {
                    "digit": digit.reading.digit,
                    "verdict": str(digit.reading.verdict),
                    "confidence": round(digit.reading.confidence, 6),
                    "box": list(digit.box),
                }
                for digit in self.digits
            ],
        }


@dataclass(frozen=True)
class Page:
    """All the numbers in a picture.

    Attributes:
        rows: from top to bottom, each a row of numbers from left to right.
        others: the boxes of what is no digit: signs, words, rulings.
        size: width and height of the picture, in pixels.
        name: the path of the file that was read, or what an open file calls itself; else empty.
        note: a sentence about what was not read, such as further pages of a file; else empty.
    """

    rows: tuple[tuple[Number, ...], ...]
    others: tuple[Box, ...]
    size: tuple[int, int]
    name: str = ""
    note: str = ""

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of all rows, in the order in which one reads."""
        return tuple(number for row in self.rows for number in row)

    @property
    def text(self) -> str:
        """Numbers apart by a space, rows by a line."""
        return "\n".join(" ".join(number.text for number in row) for row in self.rows)

    @property
    def confidence(self) -> float:
        """The calibrated probability that all numbers are right, 0 to 1; 1 where there are none."""
        return math.prod(number.confidence for number in self.numbers)

    @cached_property
    def digits(self) -> tuple[Digit, ...]:
        """The digits of all numbers, in the order in which one reads."""
        return tuple(digit for number in self.numbers for digit in number.digits)

    @property
    def least_sure(self) -> int:
        """Which of the digits, of which there is one at least, is the least sure."""
        return min(range(len(self.digits)), key=lambda place: self.digits[place].reading.confidence)

    @property
    def is_one_digit(self) -> bool:
        """Whether there is a single digit, and nothing else."""
        return len(self.numbers) == 1 and len(self.numbers[0].digits) == 1 and not self.others

    @property
    def count_of_digits(self) -> int:
        """How many digits there are in all its numbers."""
        return len(self.digits)

    def of_one_digit(self, reading: Reading) -> "Page":
        """The page with another reading of its only digit; the page as it is where that is none."""
        if reading.verdict not in (Verdict.DIGIT, Verdict.UNSURE):
            return self
        [number] = self.numbers
        digit = replace(number.digits[0], reading=reading)
        return replace(self, rows=((Number(str(reading.digit), reading.confidence, (digit,)),),))

    def to_dict(self) -> dict[str, Any]:
        """What it says as `json.dumps` takes it."""
        return {
            "name": self.name,
            "text": self.text,
            "size": list(self.size),
            "rows": [[number.to_dict() for number in row] for row in self.rows],
            "others": [list(box) for box in self.others],
            "note": self.note,
        }


def around(boxes: "list[Box]") -> Box:
    """The smallest box around some."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def misread(known: Number | Page, text: str) -> list[tuple[NDArray[np.uint8], int]]:
    """The glyphs of digits that were wrong or not sure, and what they are.

    Raises:
        HandError: the text has another count of digits.
    """
    right = [int(sign) for sign in text if sign in "0123456789"]
    if len(right) != len(known.digits):
        raise HandError(
            f"{text!r} has {len(right)} digits, and {len(known.digits)} were read. To teach them, each must be found."
        )
    readings = [digit.reading for digit in known.digits]
    return [
        (reading.glyph, digit)
        for reading, digit in zip(readings, right, strict=True)
        if reading.digit != digit or reading.verdict is not Verdict.DIGIT
    ]
