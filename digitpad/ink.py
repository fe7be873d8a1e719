"""From a picture to its ink: what was drawn, whatever the colours."""

import functools

import cv2
import numpy as np
from numpy.typing import NDArray

# A difference from the paper below this share of full contrast is grain, not ink: JPEG noise stays under it.
FAINTEST_INK = 0.1
SAMPLE = 10_000  # pixels: enough to tell the paper's colour


def ink(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find what differs from the paper.

    The paper is what most of the picture's edge shows. Where more than half of a picture is transparent, the
    transparent part is the paper, as on a canvas that was drawn on; else it is filled with the paper's colour.

    Args:
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4) with alpha last.

    Returns:
        uint8 (H, W), the strongest ink 255 on 0; all 0 where nothing was drawn.
    """
    if picture.ndim == 2 or picture.shape[2] == 3:
        return _stretch(_difference(picture))
    alpha = np.ascontiguousarray(picture[..., 3])
    colours = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGBA2RGB), np.uint8)
    if alpha.min() == 255:
        return _stretch(_difference(colours))
    if np.count_nonzero(alpha < 128) * 2 > alpha.size:
        return _stretch(alpha)
    every = max(1, alpha.size // SAMPLE)
    paper = np.median(colours[alpha >= 128][::every], axis=0)
    weight = alpha[..., np.newaxis] / np.float32(255)
    return _stretch(_difference(np.rint(colours * weight + paper * (1 - weight)).astype(np.uint8)))


def _difference(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How far each pixel of (H, W) or (H, W, 3) is from the paper, in the channel that tells them apart best."""
    distances = []
    for channel in cv2.split(colours):
        edge = np.concatenate([channel[0], channel[-1], channel[:, 0], channel[:, -1]])
        # A whole sheet of paper: OpenCV takes a single value too, but mistakes it for a picture of the same size.
        distances.append(cv2.absdiff(channel, np.full_like(channel, np.median(edge))))
    return np.asarray(functools.reduce(cv2.max, distances), np.uint8)


def _stretch(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring the strongest ink to 255 and grain to 0; nothing but grain gives an empty picture."""
    strongest = int(strength.max())
    if strongest < FAINTEST_INK * 255:
        return np.zeros_like(strength)
    stretched = cv2.convertScaleAbs(strength, alpha=255 / strongest)
    _, kept = cv2.threshold(stretched, FAINTEST_INK * 255, 0, cv2.THRESH_TOZERO)
    return np.asarray(kept, np.uint8)
