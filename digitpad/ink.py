"""From a picture to its ink: what was drawn, whatever the colours."""

import numpy as np
from numpy.typing import NDArray

# A difference from the paper below this share of full contrast is grain, not ink: JPEG noise stays under it.
FAINTEST_INK = 0.1


def ink(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Find what differs from the paper.

    The paper is what most of the picture's edge shows. Where more than half of a picture is transparent, the
    transparent part is the paper, as on a canvas that was drawn on; else it is filled with the paper's colour.

    Args:
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4) with alpha last.

    Returns:
        uint8 (H, W), the strongest ink 255 on 0; all 0 where nothing was drawn.
    """
    if picture.ndim == 2:
        return _difference(picture[..., np.newaxis])
    if picture.shape[2] == 3:
        return _difference(picture)
    alpha = picture[..., 3]
    if np.count_nonzero(alpha < 128) * 2 > alpha.size:
        return _stretch(alpha)
    colours = picture[..., :3]
    paper = np.median(colours[alpha >= 128], axis=0)
    weight = alpha[..., np.newaxis].astype(np.float32) / 255
    return _difference(np.rint(colours * weight + paper * (1 - weight)).astype(np.uint8))


def _difference(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How far each pixel is from the paper's colour, in the channel that tells them apart best; (H, W, C)."""
    edge = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    paper = np.median(edge, axis=0).astype(np.uint8)
    distance = np.maximum(colours, paper) - np.minimum(colours, paper)  # unsigned: a plain difference would wrap
    return _stretch(distance.max(axis=2))


def _stretch(strength: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bring the strongest ink to 255 and grain to 0; nothing but grain gives an empty picture."""
    strongest = int(strength.max())
    if strongest < FAINTEST_INK * 255:
        return np.zeros_like(strength)
    stretched: NDArray[np.uint8] = np.rint(strength * np.float32(255 / strongest)).astype(np.uint8)
    stretched[stretched < FAINTEST_INK * 255] = 0
    return stretched
