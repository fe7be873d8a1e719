"""Plain PNG files, decoded by OpenCV, which is loaded anyway: to load PIL too takes a tenth of the start.

A small one is also decoded in a fraction of the time.

What is odd, damaged or no PNG is left to PIL, which knows more kinds of files, and to the errors that tell of it.
"""

import os
import struct
import zlib
from os import PathLike
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.pictures.arrays import LONGEST_SIDE

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = ">IIBBBBB"  # width, height, bits, colours, compression, filter, interlaced
ORDER = {0: None, 2: cv2.COLOR_BGR2RGB, 6: cv2.COLOR_BGRA2RGBA}  # by the header's colours: grey, RGB, RGBA
PASSED_OVER = {b"gAMA", b"pHYs", b"sRGB", b"tEXt"}  # chunks of which PIL makes no more than OpenCV does
MOST_BYTES = 4 * LONGEST_SIDE**2  # as many as the largest picture that is decoded here has in memory


def plain_png(given: "str | PathLike[str]") -> NDArray[np.uint8] | None:
    """Decode a PNG file of 8 bits, in grey, RGB or RGBA, which is not larger than what is read and says nothing else.

    Returns:
        uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA, the same that PIL decodes; None where it is no such file.
    """
    try:
        path = Path(os.fsdecode(given))
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        with path.open("rb") as file:
            if file.read(len(SIGNATURE)) != SIGNATURE:
                return None
            content = SIGNATURE + file.read()
    except (OSError, TypeError, ValueError):
        return None
    return plain_content(content)


def plain_content(content: bytes) -> NDArray[np.uint8] | None:
    """Decode what is in such a file; see `plain_png`."""
    if not content.startswith(SIGNATURE) or len(content) > MOST_BYTES:
        return None
    colours = _colours(content)
    if colours not in ORDER:
        return None
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None:
        return None
    order = ORDER[colours]
    return np.asarray(decoded if order is None else cv2.cvtColor(decoded, order), np.uint8)


def _colours(content: bytes) -> int | None:
    """What colours the header of a PNG file names; None where the file is not plain or not whole."""
    (first, header), *others = _chunks(content) or [(b"", b"")]
    kinds = [kind for kind, _ in others]
    if first != b"IHDR" or len(header) != struct.calcsize(HEADER) or kinds[-1:] != [b"IEND"]:
        return None
    if not PASSED_OVER.issuperset(set(kinds[:-1]) - {b"IDAT"}):
        return None
    width, height, bits, colours, _, _, interlaced = struct.unpack(HEADER, header)
    if not 0 < min(width, height) <= max(width, height) <= LONGEST_SIDE or bits != 8 or interlaced:
        return None
    return int(colours)


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG file, up to one that is cut off or damaged: kind and data of each."""
    chunks, place = [], len(SIGNATURE)
    while place + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        data, end = content[place + 8 : place + 8 + length], place + 8 + length
        if content[end : end + 4] != struct.pack(">I", zlib.crc32(kind + data)):
            break
        chunks.append((kind, data))
        place = end + 4
    return chunks
