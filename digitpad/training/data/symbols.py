"""Symbols that are no digits, as people draw them with a mouse or a finger.

Drawings of three alphabets from Omniglot (Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through
probabilistic program induction", Science, 2015), MIT licence.
"""

import io
import zipfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.errors import DataError
from digitpad.training.data.sources import checked, locate

SYMBOLS_FILE = "omniglot-symbols.zip"
SYMBOLS_CONTENTS = "e7cc47efa6677f348ae74882b25e975b59e12e643acc676ef820a2e343932397"
SIDE = 210  # pixels, twice those of the files: smooth enough to be turned


def load_symbols(folder: Path | None = None) -> dict[str, list[NDArray[np.uint8]]]:
    """Find the symbols where MNIST is looked for, in `not-digits/`, and read them.

    Returns:
        for each alphabet the ink of its drawings, uint8 (210, 210), 255 on 0; nothing where the file is not there.

    Raises:
        DataError: the file is damaged or another one.
    """
    file = locate(folder, "not-digits", SYMBOLS_FILE)
    if file is None:
        return {}
    try:
        contents = checked(file, file.read_bytes(), SYMBOLS_CONTENTS)
    except OSError as error:
        raise DataError(f"{file} can't be read: {error.strerror}.") from error
    alphabets: dict[str, list[NDArray[np.uint8]]] = {}
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        for name in sorted(archive.namelist()):
            with Image.open(io.BytesIO(archive.read(name))) as image:
                ink = 255 - np.asarray(image.convert("L"))
            large = np.asarray(cv2.resize(ink, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR), np.uint8)
            alphabets.setdefault(name.partition("/")[0], []).append(large)
    return alphabets
