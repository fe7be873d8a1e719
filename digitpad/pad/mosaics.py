"""A layer's maps as one picture, in the same colours and on the same scale whatever was drawn.

A picture is uint8: 0 lies between the maps, 1 to 255 are their values. Which colour that is, a table says.
"""

import numpy as np
from numpy.typing import NDArray

from digitpad.models.layers import Layer

Picture = NDArray[np.uint8]

LOWEST, HIGHEST = 1, 255  # of a picture's values; 0 is what lies between maps
STEPS = HIGHEST - LOWEST
# Maps of so many rows at least stand in so many columns, that the pictures of all layers are about equally wide.
COLUMNS = ((20, 16), (5, 32), (1, 64))


def _table(*stops: tuple[int, tuple[int, int, int]]) -> Picture:
    places, colours = zip(*stops, strict=True)
    channels = [np.interp(np.arange(256), places, channel) for channel in np.transpose(colours)]
    return np.asarray(np.rint(np.stack(channels, axis=1)), np.uint8)


# uint8 (256, 3), RGB, each of them another colour. From near-black by blue to white; and for what can be below 0 from
# orange by near-black to blue, which colour-blind people can tell (Okabe and Ito, "Color Universal Design", 2008).
MAP_COLOURS = _table((0, (5, 8, 16)), (90, (16, 62, 132)), (170, (60, 148, 222)), (255, (255, 255, 255)))
SIGNED_COLOURS = _table(
    *((0, (255, 208, 140)), (50, (230, 140, 20)), (128, (14, 14, 18))),
    *((205, (30, 130, 225)), (255, (185, 225, 255))),
)


def columns_of(layer: Layer) -> int:
    """How many maps, or units, stand in a row of the layer's mosaic."""
    rows = layer.map(0).shape[0]
    return min(next(columns for least, columns in COLUMNS if rows >= least), layer.channels)


def is_signed(layer: Layer) -> bool:
    """Whether it gives values below 0 too, for SIGNED_COLOURS."""
    return layer.scale[0] < 0


def colours_of(layer: Layer) -> Picture:
    """The colours of its picture: MAP_COLOURS, or SIGNED_COLOURS; uint8 (256, 3)."""
    return SIGNED_COLOURS if is_signed(layer) else MAP_COLOURS


def scale_of(layer: Layer) -> tuple[float, float]:
    """The values that LOWEST and HIGHEST stand for in its pictures, the same for each drawing.

    Where it gives values below 0 too, 0 is in the middle of both, else it is the lowest one.
    """
    low, high = layer.scale
    most = max(-low, high)
    return (-most, most) if is_signed(layer) else (0.0, high)


def one_map(layer: Layer, channel: int) -> Picture:
    """One of its maps, uint8 (height, width), on the same scale as in the mosaic; of a unit (1, 1)."""
    return _shades(layer.map(channel), *scale_of(layer))


def shades(values: NDArray[np.float32], layer: Layer | None) -> Picture:
    """Some values in the shades that they have in the layer's pictures, of the same shape; what is NaN is as 0.

    Args:
        values: of any shape.
        layer: whose they are; None for the glyph's, from 0 to 1.
    """
    return _shades(np.nan_to_num(values), *((0.0, 1.0) if layer is None else scale_of(layer)))


def signed(values: NDArray[np.float32], most: float | None = None) -> Picture:
    """Kernels or products for SIGNED_COLOURS, of the same shape, with 0 in the middle.

    Args:
        values: of any shape.
        most: what is brightest; without, the largest of them, whether above or below 0.
    """
    largest = (float(np.abs(values).max(initial=0)) if most is None else most) or 1.0  # where all are 0
    return _shades(values, -largest, largest)


def mosaic(layer: Layer, columns: int) -> Picture:
    """All maps of a layer in rows, one after another, with a pixel of 0 between them.

    Args:
        layer: as of `Inside`; units are maps of one pixel.
        columns: how many maps stand in a row.

    Returns:
        uint8 (H, W), of (height + 1) times the rows less 1, and likewise in width.
    """
    maps = _shades(layer.maps if layer.has_maps else layer.maps[np.newaxis, np.newaxis], *scale_of(layer))
    high, wide, count = maps.shape
    rows = -(-count // columns)
    filled = np.zeros((rows * columns, high, wide), np.uint8)
    filled[:count] = maps.transpose(2, 0, 1)
    whole = np.zeros((rows, high + 1, columns, wide + 1), np.uint8)
    whole[:, :high, :, :wide] = filled.reshape(rows, columns, high, wide).transpose(0, 2, 1, 3)
    return whole.reshape(rows * (high + 1), columns * (wide + 1))[:-1, :-1]


def _shades(values: NDArray[np.float32], low: float, high: float) -> Picture:
    factor = STEPS / (high - low) if high > low else 0.0
    shades = (values - np.float32(low)) * np.float32(factor) + np.float32(LOWEST + 0.5)
    return np.asarray(np.clip(shades, LOWEST, HIGHEST), np.uint8)
