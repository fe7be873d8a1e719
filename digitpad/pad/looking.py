"""What is on the canvas: one digit, or several, which nobody has to say."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitpad import Page, Reading, Recognizer, Verdict
from digitpad.glyphs.strokes import Stroke
from digitpad.numbers.several import ALONE, are_several
from digitpad.pad.drawing import Content, picture_of
from digitpad.reading import may_be_several

TALL = 0.6  # share of a drawing's height that each of two strokes is high which may be two digits that touch
ASIDE = 0.25  # share of a drawing's height that their middles are apart


def look(recognizer: Recognizer, content: Content, is_drawing: bool) -> tuple[Reading, Page | None]:
    """Read what is on the canvas.

    Args:
        recognizer: who reads.
        content: what is on the canvas.
        is_drawing: whether the pen is down.

    Returns:
        the reading of one digit, or that there are several; those, or None.
    """
    if content.is_empty:
        return Reading.empty(), None
    if content.picture is not None:
        reading = recognizer.read(content.picture)
        page = recognizer.read_numbers(content.picture) if reading.verdict is Verdict.SEVERAL else None
        return reading, page if page and page.numbers else None
    reading = recognizer.read_one(picture_of(content))
    drawn = [stroke for stroke in content.strokes if not stroke.erases]
    may_be = may_be_several(reading) or _stand_aside(drawn)
    if reading.is_taught or not recognizer.model.tells_no_digit or not may_be:
        return reading, None
    if len(drawn) == 1 and (is_drawing or not _is_broad(drawn[0])):
        return reading, None  # a digit that is not finished, or a scribble
    page = recognizer.read_strokes(content.strokes)
    made_of = [place for digit in page.digits for place in digit.strokes]
    if not are_several(page.numbers, page.others, is_cut=len(made_of) > len(set(made_of))):
        return reading, None
    return Reading.several(reading.glyph), page


def _is_broad(stroke: Stroke) -> bool:
    wide, high = np.ptp(stroke.places, axis=0)
    return bool(wide >= ALONE * high)


def _stand_aside(strokes: Sequence[Stroke]) -> bool:
    """Whether two strokes stand beside each other, as digits that touch do, and hardly the parts of one."""
    if len(strokes) < 2:
        return False
    low = np.array([stroke.places.min(axis=0) for stroke in strokes])
    high = np.array([stroke.places.max(axis=0) for stroke in strokes])
    height = float(high[:, 1].max() - low[:, 1].min())
    middles = ((low + high) / 2)[high[:, 1] - low[:, 1] >= TALL * height, 0]
    return len(middles) > 1 and float(np.ptp(middles)) >= ASIDE * height


def picture_of_digit(content: Content, page: Page | None, place: int) -> NDArray[np.uint8]:
    """The picture of the one digit that is looked at.

    Args:
        content: what is on the canvas.
        page: its digits, where there are several; None where it is taken for one.
        place: which of them is looked at.

    Returns:
        uint8, as of `picture_of`; of several digits the strokes, or the part of the picture, that made that one.
    """
    if page is None:
        return picture_of(content)
    digit = page.digits[place]
    if content.picture is None:
        wanted = [stroke for each, stroke in enumerate(content.strokes) if each in digit.strokes or stroke.erases]
        return picture_of(replace(content, strokes=tuple(wanted)))
    left, top, right, bottom = (max(round(edge), 0) for edge in digit.box)
    return content.picture[top : max(bottom, top + 1), left : max(right, left + 1)]
