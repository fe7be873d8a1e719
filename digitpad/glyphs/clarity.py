"""Whether ink stands out from its paper, or is so blurred that a stroke has no edge.

Otsu ("A threshold selection method from gray-level histograms", 1979) splits a picture into dark and light where that
explains most of how brightness varies, and takes the share of the variance that it explains for how well they can be
told apart. Of ink with edges that is nearly all, whatever the pen and however thin or faint it is.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

CLEAR = 0.86  # share of the variance that ink and paper explain, at least; MNIST's pictures have 0.85 to 1
SHARP = 0.45  # of full contrast, by which neighbours differ at a clear stroke's edge, in the mean; MNIST's by 0.68
EDGE = 0.25  # of the ink's pixels, how many edges are looked at, the sharpest
SMOOTH = 0.045  # of the digit's longer side, the standard deviation that wipes out what is finer than a stroke
FAINTEST = 0.31  # share of the strongest ink: what is fainter then lies between strokes
MARGIN = 3  # standard deviations that ink may spread


def is_clear(ink: NDArray[np.uint8]) -> bool:
    """Whether the ink of a small picture, uint8 (H, W), 255 on 0, stands out from its paper; so does none."""
    count = cv2.countNonZero(ink)
    if not count:
        return True
    _, inside = cv2.threshold(ink, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    share = cv2.countNonZero(inside) / ink.size
    mean, deviation = (float(value[0, 0]) for value in cv2.meanStdDev(ink))
    between = (cv2.mean(ink, inside)[0] - mean) ** 2 * share / (1 - share)
    if between >= CLEAR * deviation**2:
        return True
    steps = np.concatenate([np.abs(np.diff(ink.astype(np.int16), axis=axis)).ravel() for axis in (0, 1)])
    sharpest = max(1, round(EDGE * count))
    return bool(np.partition(steps, -sharpest)[-sharpest:].mean() >= SHARP * 255)


def sharpened(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blurred ink without grain, and without what is faint between its strokes.

    Args:
        ink: uint8 (H, W), ink 255 on 0, not empty.

    Returns:
        uint8, likewise, of another size.
    """
    left, top, width, height = cv2.boundingRect(ink)
    deviation = SMOOTH * max(width, height)
    margin = round(MARGIN * deviation)
    drawn = cv2.copyMakeBorder(
        ink[top : top + height, left : left + width], *(margin,) * 4, cv2.BORDER_CONSTANT, value=(0,)
    )
    smooth = cv2.GaussianBlur(drawn, (0, 0), deviation)
    smooth = cv2.convertScaleAbs(smooth, alpha=255 / max(1, int(smooth.max())))
    return np.asarray(cv2.threshold(smooth, FAINTEST * 255, 0, cv2.THRESH_TOZERO)[1], np.uint8)
