"""What speaks for a digit, by taking pieces of ink out and letting the network say what it would say without them.

Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks" (ECCV, 2014), lay a grey square over each
part of a picture in turn. Here the square is paper. What it costs is told in log odds, as Robnik-Šikonja and
Kononenko, "Explaining Classifications for Individual Instances" (2008), tell it: of a digit that is as good as sure,
the probability hardly falls. The glyph is not framed anew without the piece, or all of it would change.
"""

import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.models.model import Model

SOURCE = "Zeiler and Fergus, “Visualizing and Understanding Convolutional Networks”, 2014"

SIDE = 5  # pixels of the square: two strokes' width; a smaller one leaves a stroke whole, a larger one blurs the map
SOME_INK = 0.5  # full pixels that are added to a piece's ink, or a few faint ones at an edge would count for most
LEAST_SHARE = 1e-9  # a probability that is taken for one even if it is smaller
AT_ONCE = 128  # glyphs at a time: the network's numbers stay small

Boxes = NDArray[np.intp]


def log_odds(probabilities: NDArray[np.float32], digit: int, against: int | None = None) -> NDArray[np.float64]:
    """How much more likely a digit is than all else, or than another one: the logarithm of that, float64 (n,).

    Args:
        probabilities: float32 (n, 11), as a model gives them.
        digit: 0 to 9; 10 for what is no digit.
        against: likewise, another one; None for all else.
    """
    shares = probabilities.astype(np.float64)
    others = np.delete(shares, digit, axis=1).sum(axis=1) if against is None else shares[:, against]
    return np.asarray(np.log(shares[:, digit] + LEAST_SHARE) - np.log(others + LEAST_SHARE))


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


def said_without(model: Model, glyph: NDArray[np.uint8], gone: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The probabilities, float32 (n, 11), at first sight of a glyph with paper in place of what is gone."""
    left = np.where(gone, np.uint8(0), glyph)
    some = [model.at_first_sight(left[start : start + AT_ONCE]) for start in range(0, len(left), AT_ONCE)]
    return np.concatenate(some) if some else np.zeros((0, 11), np.float32)


def occlusion(model: Model, glyph: NDArray[np.uint8], digit: int, against: int | None = None) -> NDArray[np.float32]:
    """How much each pixel's ink speaks for a digit: by how much the log odds fall for each pixel of ink taken out.

    A square of paper is laid over each place where there is ink. What that costs is shared by the ink under it; a
    pixel gets the mean of the squares that cover it.

    Args:
        model: who is asked.
        glyph: uint8 (28, 28).
        digit: 0 to 9; 10 for what is no digit.
        against: rather than which other one; None for all else.

    Returns:
        float32 (28, 28), > 0 where ink speaks for it, < 0 where it speaks against it, 0 where there is none.
    """
    gone = covered(boxes_of(glyph, SIDE, SIDE))
    whole = log_odds(model.at_first_sight(glyph[np.newaxis]), digit, against)
    falls = whole - log_odds(said_without(model, glyph, gone), digit, against)
    under = gone.reshape(len(gone), -1).astype(np.float32)
    inks = under @ (glyph.ravel() / np.float32(255))
    shared = (falls / (inks + SOME_INK)).astype(np.float32) @ under / SIDE**2
    return np.where(glyph > 0, shared.reshape(glyph.shape), np.float32(0))
