"""Why a model says what it says of a glyph: which ink speaks for a digit, and what it would say without a part of it.

Such a map shows what the network's answer hangs on, not why a person would call it so. How far it can be believed is
tried in `sanity.py`.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ModelError
from digitpad.models import gradients, occlusion
from digitpad.models.model import Model
from digitpad.models.occlusion import boxes_of, covered, log_probability, said_without
from digitpad.reading import Reading, Verdict

NO_DIGIT = 10  # stands where a digit does for what is none

OCCLUSION, INTEGRATED_GRADIENTS = "occlusion", "integrated gradients"
# Rows, columns and step of the pieces that are tried to find the one that counts most: squares, and bars each way.
PIECES = ((5, 5, 2), (8, 8, 2), (4, 12, 2), (12, 4, 2))
PART = 0.4  # share of the ink that is a part of it, at most
LOOKED_AT = 8  # parts without which the answer is likeliest another, which are read with the model's second look


# Who described each way to explain, and where.
METHODS = {OCCLUSION: occlusion.SOURCE, INTEGRATED_GRADIENTS: gradients.SOURCE}


class Strongest(NamedTuple):
    """The part of a glyph on which the answer hangs most.

    Attributes:
        place: top, left, bottom, right of the box that it fills, in pixels of the glyph.
        part: bool (28, 28), its ink.
        reading: what the model says without it.
    """

    place: tuple[int, int, int, int]
    part: NDArray[np.bool_]
    reading: Reading


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why a model says what it says.

    Attributes:
        map: float32 (28, 28): what speaks for the digit, or for it rather than `against`, > 0; what speaks against
            it, < 0; 0 where there is no ink. Its unit is the method's.
        digit: what is explained: 0 to 9, or NO_DIGIT; None of empty paper.
        against: rather than what, likewise; None for all else.
        method: its name, one of METHODS.
        source: who described it, where, and when.
        reading: what the model says of the whole glyph.
        strongest: the part without which the answer changes most; None of empty paper.
    """

    map: NDArray[np.float32] = field(repr=False)
    digit: int | None
    against: int | None
    method: str
    source: str
    reading: Reading
    strongest: Strongest | None = field(repr=False)


def explain(
    model: Model, reading: Reading, digit: int | None = None, against: int | None = None, method: str = OCCLUSION
) -> Explanation:
    """Why a model reads a glyph as it does.

    Args:
        model: who read.
        reading: what it said; of several digits the glyph is taken for one.
        digit: what is to be explained: 0 to 9, or NO_DIGIT; None for what was read.
        against: rather than which other one; None for all else.
        method: one of METHODS.

    Raises:
        ValueError: there is no such digit or method, or both digits are the same.
        ModelError: the model can't tell that something is no digit, or is none that the method can explain.
    """
    if method not in METHODS:
        raise ValueError(f"There is no method {method!r}. There are: {', '.join(METHODS)}.")
    glyph = reading.glyph
    if reading.digit is None and glyph.any():
        [probabilities] = model.probabilities(glyph[np.newaxis])
        reading = model.reading(glyph, probabilities, reading.name, reading.note, reading.is_murky)
    digit = taken_for(reading) if digit is None else digit
    _check(model, digit, against)
    source = METHODS[method]
    if digit is None or not glyph.any():
        return Explanation(np.zeros(glyph.shape, np.float32), digit, against, method, source, reading, None)
    if method == OCCLUSION:
        found = occlusion.occlusion(model.at_first_sight, glyph, digit, against)
    else:
        found = gradients.integrated_gradients(gradients.network_of(model), glyph, digit, against)
    strongest = _strongest(model, reading, digit, against)
    return Explanation(found, digit, against, method, source, reading, strongest)


def taken_for(reading: Reading) -> int | None:
    """What was read: a digit, or NO_DIGIT; None of empty paper."""
    return NO_DIGIT if reading.verdict is Verdict.NOT_A_DIGIT else reading.digit


def _check(model: Model, digit: int | None, against: int | None) -> None:
    for asked in (digit, against):
        if asked is None:
            continue
        if isinstance(asked, bool) or not isinstance(asked, int | np.integer) or not 0 <= asked <= NO_DIGIT:
            raise ValueError(f"{asked!r} is no digit. Asked can be for 0 to 9, or {NO_DIGIT} for “no digit”.")
        if asked == NO_DIGIT and not model.tells_no_digit:
            raise ModelError(f"The model {model.name} has not learned what is no digit, and can't say why.")
    if digit is not None and digit == against:
        name = "no digit" if digit == NO_DIGIT else digit
        raise ValueError(f"Why {name} rather than {name}? Ask for two that are not the same.")


def _strongest(model: Model, reading: Reading, digit: int, against: int | None) -> Strongest:
    """The part without which the answer is most surely another, `against` if there is one, for the least ink.

    Another digit comes before none at all, which much would be that lacks a piece. Where no part changes the answer,
    or what is explained is not what was read, it is the one that costs the digit most.
    """
    glyph = reading.glyph
    boxes = np.concatenate([boxes_of(glyph, *size) for size in PIECES])
    gone = covered(boxes)
    inks = (gone * glyph.astype(np.float32)).sum(axis=(1, 2)) / glyph.sum(dtype=np.float32)
    is_part = (inks <= PART) | (inks == inks.min())
    boxes, gone, inks = boxes[is_part], gone[is_part], inks[is_part]
    said = said_without(model.at_first_sight, glyph, gone)
    chosen = int(log_probability(said, digit, against).argmin())
    if taken_for(reading) == digit:
        gains = said - inks[:, np.newaxis]
        gains[:, NO_DIGIT] -= 1
        gains[:, digit] = -np.inf
        gain = gains.max(axis=1) if against is None else gains[:, against]
        likely = np.argsort(-gain, kind="stable")[:LOOKED_AT]
        for place, without in zip(likely, _read(model, reading, gone[likely]), strict=True):
            if taken_for(without) not in (digit, None) and against in (None, taken_for(without)):
                return _part(boxes[place], gone[place], without, glyph)
    [without] = _read(model, reading, gone[[chosen]])
    return _part(boxes[chosen], gone[chosen], without, glyph)


def _read(model: Model, reading: Reading, gone: NDArray[np.bool_]) -> list[Reading]:
    """What the model says of what it read, with paper where something is gone, (n, 28, 28)."""
    left = np.where(gone, np.uint8(0), reading.glyph)
    return [
        model.reading(glyph, shares, reading.name, reading.note, reading.is_murky)
        for glyph, shares in zip(left, model.probabilities(left), strict=True)
    ]


def _part(box: NDArray[np.intp], gone: NDArray[np.bool_], without: Reading, glyph: NDArray[np.uint8]) -> Strongest:
    top, left, bottom, right = (int(edge) for edge in np.clip(box, 0, len(gone)))
    return Strongest((top, left, bottom, right), gone & (glyph > 0), without)
