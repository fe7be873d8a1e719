"""What the recognizer says of one picture."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.lesson import Lesson

UNSURE_BELOW = 0.5  # where it is as likely as not that the digit is wrong
UNSURE_BELOW_IF_MURKY = 0.95  # of what is hard to see and a little less sure, one in ten is wrong


class Verdict(StrEnum):
    """What a picture was taken for."""

    DIGIT = "digit"
    UNSURE = "unsure"
    NOT_A_DIGIT = "not a digit"
    SEVERAL = "several digits"
    EMPTY = "empty"


@dataclass(frozen=True, eq=False)
class Reading:
    """What the recognizer says of one picture.

    Attributes:
        digit: the likeliest digit, 0 to 9, whatever the verdict; None where nothing was drawn, or several digits.
        probabilities: float32 (10,), of the digits if it is one; sums to 1; one tenth each where `digit` is None.
        confidence: the probability that the picture shows `digit`, 0 to 1; 0 where that is None.
        verdict: what the picture was taken for.
        glyph: uint8 (28, 28), ink 255 on 0: what the network saw.
        name: the path of the file that was read, or what an open file calls itself; else empty.
        note: a sentence about what was not read, such as further pages of a file; else empty.
        is_murky: whether the digit is hard to see, blurred or under noise: it is then a digit only if that is sure.
        lessons: what somebody taught that made it what it is, the most alike first; two where they contradict.

    Two are equal where they say the same to the last bit, whatever their names and notes.
    """

    digit: int | None
    probabilities: NDArray[np.float32]
    confidence: float
    verdict: Verdict
    glyph: NDArray[np.uint8] = field(repr=False)
    name: str = ""
    note: str = ""
    is_murky: bool = False
    lessons: tuple[Lesson, ...] = ()

    @classmethod
    def of(
        cls,
        glyph: NDArray[np.uint8],
        probabilities: NDArray[np.float32],
        not_a_digit_above: float,
        unsure_above: float = 1.0,
        name: str = "",
        note: str = "",
        is_murky: bool = False,
    ) -> "Reading":
        """The reading of a glyph.

        Args:
            glyph: uint8 (28, 28), with some ink.
            probabilities: float32 (11,), as a model gives them.
            not_a_digit_above: see `Model`.
            unsure_above: see `Model`.
            name: as of `Reading`.
            note: as of `Reading`.
            is_murky: as of `Reading`.
        """
        # A network that is sure of something else can leave nothing at all for the digits.
        digits = probabilities[:10] + np.float32(1e-9)
        digit = int(digits.argmax())
        confidence = float(probabilities[digit])
        if probabilities[10] > not_a_digit_above:
            verdict = Verdict.NOT_A_DIGIT
        else:
            least = UNSURE_BELOW_IF_MURKY if is_murky else UNSURE_BELOW
            is_unsure = confidence < least or probabilities[10] > unsure_above
            verdict = Verdict.UNSURE if is_unsure else Verdict.DIGIT
        return cls(digit, digits / digits.sum(), confidence, verdict, glyph, name, note, is_murky)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        same = (self.digit, self.confidence, self.verdict) == (other.digit, other.confidence, other.verdict)
        arrays = ((self.probabilities, other.probabilities), (self.glyph, other.glyph))
        return same and all(np.array_equal(mine, others) for mine, others in arrays)

    def __hash__(self) -> int:
        return hash((self.digit, self.confidence, self.verdict))

    def to_dict(self) -> dict[str, Any]:
        """What it says as `json.dumps` takes it, but for the glyph; probabilities with six digits after the point."""
        return {
            "name": self.name,
            "digit": self.digit,
            "verdict": str(self.verdict),
            "confidence": round(self.confidence, 6),
            "probabilities": [round(float(share), 6) for share in self.probabilities],
            "no_digit": round(self.no_digit, 6),
            "taught": self.is_taught,
            "note": self.note,
        }

    @property
    def shares(self) -> NDArray[np.float32]:
        """float32 (10,): how probable it is that the picture shows each digit; the rest to 1 is that it is none."""
        if self.digit is None:
            return np.zeros(10, np.float32)
        return self.probabilities * np.float32(self.confidence / float(self.probabilities[self.digit]))

    @property
    def no_digit(self) -> float:
        """How probable it is that the picture shows no digit, 0 to 1; with `shares` it sums to 1 where ink is."""
        return 0.0 if self.verdict is Verdict.EMPTY else max(0.0, 1.0 - float(self.shares.sum()))

    @property
    def second(self) -> int | None:
        """The digit that is likeliest after `digit`; None where that is None."""
        return None if self.digit is None else int(self.probabilities.argsort()[-2])

    @property
    def is_foreign(self) -> bool:
        """Whether a doubt is not so much which digit it is as whether it is one: unlike those that were learned."""
        return self.second is not None and self.no_digit > self.shares[self.second]

    @property
    def is_taught(self) -> bool:
        """Whether it would be another one without what somebody taught."""
        return bool(self.lessons)

    @property
    def is_contradictory(self) -> bool:
        """Whether what is much alike was taught to be one thing, and another."""
        return len(self.lessons) > 1

    @classmethod
    def empty(cls, name: str = "", note: str = "") -> "Reading":
        """The reading of a picture with nothing on it."""
        return cls(None, _tenths(), 0.0, Verdict.EMPTY, np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8), name, note)

    @classmethod
    def several(cls, glyph: NDArray[np.uint8], name: str = "", note: str = "") -> "Reading":
        """The reading of a picture with several digits, all of which are in the glyph."""
        return cls(None, _tenths(), 0.0, Verdict.SEVERAL, glyph, name, note)


def _tenths() -> NDArray[np.float32]:
    return np.full(10, 0.1, np.float32)


def may_be_several(reading: Reading) -> bool:
    """Whether what was read may be several digits: it is not surely one, or has parts beside each other."""
    if reading.verdict is Verdict.EMPTY:
        return False
    inked = np.asarray(reading.glyph.any(axis=0))
    begins = int(inked[0]) + int(np.count_nonzero(inked[1:] & ~inked[:-1]))
    return reading.verdict is not Verdict.DIGIT or begins > 1
