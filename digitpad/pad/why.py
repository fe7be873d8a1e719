"""What the apps say of why a digit was read, and the picture of it: the drawing itself, in two colours.

Blue and orange are from Okabe and Ito, "Color Universal Design" (2008), which tell them apart whatever kind of colour
blindness one has; the lighter two are for dark screens.
"""

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.models.sanity import alike
from digitpad.models.why import NO_DIGIT, Explanation, taken_for
from digitpad.pad import words
from digitpad.reading import Reading, Verdict

if TYPE_CHECKING:
    from digitpad.models.neighbours import Neighbour

UNLIKE = 0.5  # maps of one drawing that are more alike than that tell of the drawing, not of the network
FLAT = 2.0  # times as wide as high is what is called a bar, at least
LONG = 0.5  # share of the digit's width, or height, that a bar or a stroke is long, at least
NARROW = 0.4  # share of its height that a digit is wide which has no left and right

RGB = tuple[int, int, int]


class Colours(NamedTuple):
    """The colours of a picture of why.

    Attributes:
        speaks_for: ink that speaks for the digit.
        against: ink that speaks against it.
        neither: ink that does neither.
        paper: where there is no ink.
    """

    speaks_for: RGB
    against: RGB
    neither: RGB
    paper: RGB


LIGHT = Colours((0, 114, 178), (213, 94, 0), (200, 200, 200), (255, 255, 255))
DARK = Colours((86, 180, 233), (230, 159, 0), (74, 74, 74), (14, 17, 23))


def asked(why: Explanation) -> str:
    """What is explained, as a question."""
    if why.digit is None:
        return "Why?"
    named = _named(why.digit)
    return f"Why {named}?" if why.against is None else f"Why {named} rather than {_named(why.against)}?"


def sentence(why: Explanation) -> str:
    """What would be read without the part that counts most."""
    if why.strongest is None:
        return words.TO_DRAW
    part, without = part_of(why), why.strongest.reading
    if without.verdict is Verdict.EMPTY:
        return "It has no parts: without its ink there would be nothing."
    said = _said(without)
    if why.digit != taken_for(why.reading):
        left = _share(without, why.digit)
        return f"Most like {_named(why.digit)} is {part}: without it that would be {words.percent(left)}."
    if why.digit == taken_for(without):
        return f"No part decides it alone: without {part} too it would be {said}."
    if why.against not in (None, taken_for(without)):
        return f"Most of what speaks for it is {part}: without it, it would be {said}."
    return f"Without {part} it would be {said}."


def legend(why: Explanation) -> tuple[str, str]:
    """What the two colours stand for: that of what speaks for the digit, and the other one."""
    if why.digit is None:
        return ("speaks for it", "speaks against it")
    if why.against is None:
        return (f"speaks for {_named(why.digit)}", "speaks against it")
    return (f"speaks for {_named(why.digit)}", f"speaks for {_named(why.against)}")


def can_it_lie(why: Explanation, other: Explanation) -> str:
    """What stands beside the map of shuffled weights.

    Args:
        why: the map of the true network.
        other: that of the shuffled one, as `digitpad.models.sanity.shuffled` gives it.
    """
    if why.digit is None:
        return ""
    like = max(alike(why, other), 0.0)
    close = (
        "They have little in common, as it should be."
        if like <= UNLIKE
        else "They are too much alike: believe neither."
    )
    return (
        "This is the same by a network whose weights were shuffled. It knows nothing, and gives a picture too. "
        f"Likeness of the two: {words.percent(like)}. {close}"
    )


def said_of_neighbour(neighbour: "Neighbour") -> str:
    """What stands below a digit that the network finds alike."""
    like = words.percent(max(neighbour.likeness, 0.0))
    return f"{words.with_article(neighbour.label).capitalize()}, {like} alike; {neighbour.source}"


def part_of(why: Explanation) -> str:
    """The part that counts most, by where it is: "the bar at the top", "the lower left"; nothing of empty paper."""
    if why.strongest is None:
        return ""
    part = why.strongest.part
    left, top, width, height = cv2.boundingRect((why.reading.glyph > 0).view(np.uint8))
    x, y, wide, high = cv2.boundingRect(part.view(np.uint8))
    row = _third((y + high / 2 - top) / height)
    column = _third((x + wide / 2 - left) / width)
    is_one = cv2.connectedComponents(part.view(np.uint8))[0] == 2
    if is_one and wide >= FLAT * high and wide >= LONG * width and width >= NARROW * height:
        return f"the bar {('at the top', 'in the middle', 'at the bottom')[row]}"
    if width < NARROW * height:
        return ("the upper end", "the middle", "the lower end")[row]
    if is_one and high >= FLAT * wide and high >= LONG * height:
        return f"the stroke {('on the left', 'in the middle', 'on the right')[column]}"
    return _PLACES[row][column]


_PLACES = (
    ("the upper left", "the top", "the upper right"),
    ("the left side", "the middle", "the right side"),
    ("the lower left", "the bottom", "the lower right"),
)


def overlay(why: Explanation, is_dark: bool = False, scale: int = 10) -> NDArray[np.uint8]:
    """The glyph as it was drawn, its ink in the colours of what it speaks for.

    The strongest ink of each picture has the full colour: two pictures say nothing of which of them is stronger.

    Args:
        why: what is shown.
        is_dark: whether it is for a dark screen.
        scale: pixels of the picture for each of the glyph's.

    Returns:
        uint8 (28 * scale, 28 * scale, 3), RGB.
    """
    colours = DARK if is_dark else LIGHT
    ink = why.reading.glyph[..., np.newaxis] / 255
    picture = (1 - ink) * colours.paper + ink * _coloured(_strength(why), colours)
    return np.rint(picture).astype(np.uint8).repeat(scale, axis=0).repeat(scale, axis=1)


def on_drawing(why: Explanation, ink: NDArray[np.uint8], is_dark: bool = False) -> NDArray[np.uint8]:
    """The same colours on a picture's own ink, to be laid over it.

    Args:
        why: what is shown.
        ink: uint8 (H, W), the picture's ink, 255 on 0, of which the glyph was made.
        is_dark: whether it is for a dark screen.

    Returns:
        uint8 (H, W, 4), RGBA, transparent where there is no ink.
    """
    left, top, width, height = cv2.boundingRect(ink)
    shown = np.zeros((*ink.shape, 4), np.uint8)
    if not width or why.strongest is None:
        return shown
    x, y, wide, high = cv2.boundingRect(why.reading.glyph)
    strength = cv2.resize(_strength(why)[y : y + high, x : x + wide], (width, height), interpolation=cv2.INTER_LINEAR)
    inside = shown[top : top + height, left : left + width]
    inside[..., :3] = np.rint(_coloured(np.asarray(strength, np.float32), DARK if is_dark else LIGHT))
    inside[..., 3] = ink[top : top + height, left : left + width]
    return shown


def _strength(why: Explanation) -> NDArray[np.float32]:
    """The map with its largest value, above or below 0, at 1 or -1."""
    return why.map / max(float(np.abs(why.map).max()), 1e-9)


def _coloured(strength: NDArray[np.float32], colours: Colours) -> NDArray[np.float64]:
    """Colours, (H, W, 3), 0 to 255, of strengths -1 to 1, (H, W)."""
    share = np.abs(strength)[..., np.newaxis]
    full = np.where(strength[..., np.newaxis] > 0, colours.speaks_for, colours.against)
    return np.asarray((1 - share) * colours.neither + share * full, np.float64)


def _third(share: float) -> int:
    return min(max(int(share * 3), 0), 2)


def _share(reading: Reading, digit: int | None) -> float:
    """How probable it is that a reading shows a digit, or none."""
    if digit is None:
        return 0.0
    return reading.no_digit if digit == NO_DIGIT else float(reading.shares[digit])


def _said(reading: Reading) -> str:
    if reading.verdict is Verdict.NOT_A_DIGIT:
        return f"{words.NO_DIGIT}, {words.percent(reading.no_digit)}"
    digit = words.with_article(reading.digit)
    return f"{digit}, {words.percent(reading.confidence)}"


def _named(digit: int | None) -> str:
    return words.NO_DIGIT if digit == NO_DIGIT else words.with_article(digit)
