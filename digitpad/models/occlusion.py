"""What speaks for a digit, by taking pieces of ink out and letting the network say what it would say without them.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (ECCV, 2014), lay a grey square over each
part of a picture in turn. Here the square is paper. What it costs is told by the logarithm of the probability, as
Robnik-Šikonja and Kononenko, "Explaining Classifications for Individual Instances" (2008), tell the information that
is lost. Log odds were tried: there, what makes a sure digit a little less sure counts as much as what makes it
another. The glyph is not framed anew without the piece, or all of it would change.
"""

from collections.abc import Callable

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from digitpad.glyphs.glyph import GLYPH_SIDE

SOURCE = "Zeiler and Fergus, “Visualizing and Understanding Convolutional Networks”, 2014"

SIDE = 5  # pixels of the square: two strokes' width; a smaller one leaves a stroke whole, a larger one blurs the map
LEAST_SHARE = 1e-9  # a probability that is taken for one even if it is smaller
AT_ONCE = 128  # glyphs at a time: the network's numbers stay small

Ask = Callable[[NDArray[np.uint8]], NDArray[np.float32]]  # glyphs (n, 28, 28) to probabilities (n, 11)
Boxes = NDArray[np.intp]


def log_probability(
    probabilities: NDArray[np.float32], digit: int, against: int | None = None
) -> NDArray[np.float64]:
    """The logarithm of how probable a digit is, or of how much more so than another one, float64 (n,).

    Args:
        probabilities: float32 (n, 11), as a model gives them.
        digit: 0 to 9; 10 for what is no digit.
        against: likewise, another one; None where only the digit counts.
    """
    shares = np.maximum(probabilities.astype(np.float64), LEAST_SHARE)
    if against is not None:
        return np.asarray(np.log(shares[:, digit]) - np.log(shares[:, against]))
    # A probability next to 1 is told from 1 by what is left for all others.
    others = np.delete(probabilities.astype(np.float64), digit, axis=1).sum(axis=1)
    return np.asarray(-np.log1p(others / shares[:, digit]))


def boxes_of(glyph: NDArray[np.uint8], high: int, wide: int, step: int = 1) -> Boxes:
    """The boxes of one size in which there is ink: top, left, bottom, right, (n, 4); some reach over the edge.

    Args:
        glyph: uint8 (28, 28).
        high: rows of a box.
        wide: columns of it.
        step: pixels from one box to the next.
    """
    tops, lefts = np.mgrid[1 - high : GLYPH_SIDE : step, 1 - wide : GLYPH_SIDE : step].reshape(2, -1)
    boxes = np.stack([tops, lefts, tops + high, lefts + wide], axis=1)
    return boxes[(covered(boxes) & (glyph > 0)).any(axis=(1, 2))]


def covered(boxes: Boxes) -> NDArray[np.bool_]:
    """Which pixels of a glyph lie in each box, (n, 28, 28)."""
    places = np.arange(GLYPH_SIDE)
    top, left, bottom, right = boxes.T[..., np.newaxis]
    rows, columns = (places >= top) & (places < bottom), (places >= left) & (places < right)
    return np.asarray(rows[:, :, np.newaxis] & columns[:, np.newaxis], np.bool_)


def said_without(ask: Ask, glyph: NDArray[np.uint8], gone: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The probabilities, float32 (n, 11), of a glyph with paper in place of what is gone, bool (n, 28, 28)."""
    left = np.where(gone, np.uint8(0), glyph)
    some = [ask(left[start : start + AT_ONCE]) for start in range(0, len(left), AT_ONCE)]
    return np.concatenate(some) if some else np.zeros((0, 11), np.float32)


def occlusion(ask: Ask, glyph: NDArray[np.uint8], digit: int, against: int | None = None) -> NDArray[np.float32]:
    """How much each pixel's ink speaks for a digit: what it costs, for each pixel of ink, to take it out.

    A square of paper is laid over each place where there is ink. A pixel gets what all squares that cover it cost,
    by how much the logarithm of the probability falls, over the ink that they cover.

    Args:
        ask: gives the probabilities of glyphs at first sight, as `Model.at_first_sight` does.
        glyph: uint8 (28, 28).
        digit: 0 to 9; 10 for what is no digit.
        against: rather than which other one; None for all else.

    Returns:
        float32 (28, 28), > 0 where ink speaks for it, < 0 where it speaks against it, 0 where there is none.
    """
    boxes = boxes_of(glyph, SIDE, SIDE)
    whole = log_probability(ask(glyph[np.newaxis]), digit, against)
    squares = np.zeros((2, GLYPH_SIDE + SIDE - 1, GLYPH_SIDE + SIDE - 1))  # what each costs, and its ink
    tops, lefts = boxes[:, :2].T + SIDE - 1
    squares[0, tops, lefts] = whole - log_probability(said_without(ask, glyph, covered(boxes)), digit, against)
    squares[1] = _sums(np.pad(glyph / 255, SIDE - 1))
    costs, inks = map(_sums, squares)
    return np.where(glyph > 0, costs / np.maximum(inks, 1), 0).astype(np.float32)


def _sums(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of each square of SIDE: (h, w) to (h - SIDE + 1, w - SIDE + 1)."""
    return np.asarray(sliding_window_view(values, (SIDE, SIDE)).sum(axis=(2, 3)))
