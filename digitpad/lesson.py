"""One lesson: what somebody said that a drawing is."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


def now() -> datetime:
    """The time in UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, eq=False)
class Lesson:
    """What somebody said that a drawing is.

    Attributes:
        glyph: uint8 (28, 28), ink 255 on 0: what a network sees of the drawing.
        digit: 0 to 9; None where it is no digit.
        at: when that was said.

    Two are equal where they say the same of the same glyph, whenever that was.
    """

    glyph: NDArray[np.uint8] = field(repr=False)
    digit: int | None
    at: datetime = field(default_factory=now)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lesson):
            return NotImplemented
        return self._said == other._said

    def __hash__(self) -> int:
        return hash(self._said)

    def __reduce__(self) -> tuple[object, ...]:
        return Lesson, (self.glyph, self.digit, self.at)

    @cached_property
    def _said(self) -> tuple[int | None, bytes]:
        """What it says of which glyph; a hand compares a thousand of them at each lesson."""
        return self.digit, self.glyph.tobytes()
