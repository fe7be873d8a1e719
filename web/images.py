"""Pictures as files, to be saved or to stand in the page itself.

What stands in the page needs no file on the server, which could be gone before a browser asks for it.
"""

import base64
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PICTURE = "data:image/webp;base64,"  # how the address of a picture begins


def png(picture: NDArray[Any]) -> bytes:
    """The PNG file of a picture, uint8 (H, W), (H, W, 3) or (H, W, 4)."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return file.getvalue()


def address(picture: NDArray[Any]) -> str:
    """A picture, as for `png`, as a data address that a browser can show."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "webp", quality=85, method=2)  # a photo as PNG has five times the bytes
    return PICTURE + base64.b64encode(file.getvalue()).decode()


def on_white(image: Image.Image) -> Image.Image:
    """An image as on white paper: what is transparent would be as dark as its ink on a dark page."""
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def glyph_address(glyph: NDArray[np.uint8], enlarged: int) -> str:
    """A glyph as a data address, its pixels enlarged here: a browser would blur what is to be seen.

    Args:
        glyph: uint8 (28, 28).
        enlarged: pixels for each of the glyph's.
    """
    file = png(larger(glyph, enlarged))
    return f"data:image/png;base64,{base64.b64encode(file).decode()}"


def coloured(picture: NDArray[np.uint8], colours: NDArray[np.uint8]) -> str:
    """A picture as a data address, each of its pixels the number of a colour.

    Args:
        picture: uint8 (H, W).
        colours: uint8 (256, 3).
    """
    image = Image.fromarray(picture, "L")
    image.putpalette(colours.tobytes())
    file = io.BytesIO()
    image.save(file, "png", compress_level=3)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def larger(picture: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """A picture whose pixels are so many times as wide and as high."""
    return picture.repeat(times, axis=0).repeat(times, axis=1)
