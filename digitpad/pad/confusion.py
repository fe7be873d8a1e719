"""The confusion matrix as the apps show it: what each of its cells says, and the digits that are behind it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from digitpad.models.card import Explained
from digitpad.models.mistakes import MISTAKES_FILE, TEST, Mistakes
from digitpad.pad.words import percent

CONFUSION = Explained(
    MISTAKES_FILE,
    "Confusion",
    "Which digits are taken for which",
    "Each row is a digit as it was meant, each column what was read. The grey diagonal is read right; the deeper the "
    "orange beside it, the more often these two are confused. Choose a number to see the digits behind it, and judge "
    "them yourself.",
    ("confusion matrix", "confidence", "test digits"),
)
REALLY, READ_AS = "really", "read as"  # the headings of rows and columns
MOST_SHOWN = 30  # digits behind a cell
ORANGE = "#f97316"  # what confusions are coloured with
# How much of it, or of the text's colour on the diagonal, lies on the page's own: little enough to read text on it.
LEAST, DEEPEST = 0.12, 0.6
MANY = 10  # mistakes, at least, that have the deepest colour: a model with few is to look like one with few


class Misread(NamedTuple):
    """A digit that was misread.

    Attributes:
        glyph: uint8 (28, 28), ink 255 on 0.
        caption: what stands below it.
        told: what it is, for those who hear the screen.
    """

    glyph: NDArray[np.uint8]
    caption: str
    told: str


def said_of_cell(mistakes: Mistakes, digit: int, read: int) -> str:
    """What a cell of the matrix says: "4 read as 9: 3 of 982".

    Args:
        mistakes: of a model.
        digit: the row, what the digits are.
        read: the column, as what they were read.
    """
    count, of = int(mistakes.confusion[digit, read]), int(mistakes.confusion[digit].sum())
    if digit == read:
        return f"{digit} read right: {count:,} of {of:,}"
    return f"{digit} read as {read}: {count:,} of {of:,}"


def behind_cell(mistakes: Mistakes, digit: int, read: int) -> list[Misread]:
    """The digits behind a cell, the surest mistakes first; on the diagonal those that were misread of that row."""
    return [_misread(mistakes, int(place)) for place in _places(mistakes, digit, read)[:MOST_SHOWN]]


def said_below(mistakes: Mistakes, digit: int, read: int) -> str:
    """What stands above the digits behind a cell."""
    said, count = said_of_cell(mistakes, digit, read), len(_places(mistakes, digit, read))
    some = f"the {MOST_SHOWN} surest" if count > MOST_SHOWN else "the surest first"
    if digit != read:
        return f"{said}, {some}" if count > 1 else said
    if not count:
        return said
    return f"{said}. The other one" if count == 1 else f"{said}. The others, {some}"


def begin_with(mistakes: Mistakes) -> tuple[int, int]:
    """The cell that is shown first: the row and column of the most mistakes; (0, 0) where there are none."""
    beside = mistakes.confusion * ~np.eye(10, dtype=bool)
    digit, read = divmod(int(beside.argmax()), 10)
    return digit, read


def shade(mistakes: Mistakes, digit: int, read: int) -> float:
    """How much colour a cell has, 0 to DEEPEST: of ORANGE beside the diagonal, none where nothing was confused."""
    if digit == read:
        return LEAST
    beside = mistakes.confusion * ~np.eye(10, dtype=bool)
    share = float(beside[digit, read]) / max(MANY, int(beside.max()))
    return LEAST + (DEEPEST - LEAST) * share if share else 0.0


def measured(mistakes: Mistakes) -> str:
    """What stands under the matrix: how many of which digits were read right."""
    right, of = int(mistakes.confusion.trace()), int(mistakes.confusion.sum())
    which = "test" if mistakes.of == TEST else "validation"
    return f"Of {of:,} of MNIST's {which} digits {right:,} were read right, {of - right:,} wrong."


def shown_cells(mistakes: Mistakes) -> Sequence[Sequence[str]]:
    """The numbers of the matrix, row by row; nothing where there is nobody, so that the mistakes are seen at once."""
    return [[str(count) if count else "" for count in row] for row in mistakes.confusion.tolist()]


def _places(mistakes: Mistakes, digit: int, read: int) -> NDArray[np.intp]:
    is_there = mistakes.digits == digit
    return np.flatnonzero(is_there if digit == read else is_there & (mistakes.read == read))


def _misread(mistakes: Mistakes, place: int) -> Misread:
    digit, read = int(mistakes.digits[place]), int(mistakes.read[place])
    sure = f"{percent(float(mistakes.confidences[place]))} sure"
    return Misread(mistakes.glyphs[place], f"{digit}, read as {read}\n{sure}", f"{digit}, read as {read}, {sure}")
