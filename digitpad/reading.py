"""What the recognizer says of one picture."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from digitpad.glyph import GLYPH_SIDE


class Verdict(StrEnum):
    """What a picture was taken for."""

    DIGIT = "digit"
    EMPTY = "empty"


@dataclass(frozen=True, eq=False)
class Reading:
    """What the recognizer says of one picture.

    Attributes:
        digit: the digit read, 0 to 9, or None where nothing was drawn.
        probabilities: float32 (10,), sums to 1; one tenth each where nothing was drawn.
        confidence: the probability of `digit`, 0 to 1; 0 where nothing was drawn.
        verdict: what the picture was taken for.
        glyph: uint8 (28, 28), ink 255 on 0: what the network saw.
    """

    digit: int | None
    probabilities: NDArray[np.float32]
    confidence: float
    verdict: Verdict
    glyph: NDArray[np.uint8]

    @classmethod
    def of(cls, glyph: NDArray[np.uint8], probabilities: NDArray[np.float32]) -> "Reading":
        """The reading of a glyph whose ten probabilities (float32 (10,)) a model has given."""
        digit = int(probabilities.argmax())
        return cls(digit, probabilities, float(probabilities[digit]), Verdict.DIGIT, glyph)

    @classmethod
    def empty(cls) -> "Reading":
        """The reading of a picture with nothing on it."""
        tenths = np.full(10, 0.1, np.float32)
        return cls(None, tenths, 0.0, Verdict.EMPTY, np.zeros((GLYPH_SIDE, GLYPH_SIDE), np.uint8))
