"""The pages of a PDF, drawn by PDFium, which is loaded only for such a file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import numpy as np

from digitpad.errors import PictureError, not_installed
from digitpad.pictures.arrays import LONGEST_SIDE, Opened, first_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

DPI = 200  # dots per inch that a page is drawn with: a pen's line is three or four of them wide
POINTS = 72  # a PDF's units, per inch
LOCKED = (4, 5)  # PDFium's numbers for a password that is wanted, and for a way to lock that it does not know

_one_at_a_time = threading.Lock()  # PDFium knows no threads


def page_count(file: IO[bytes], name: str) -> int:
    """How many pages a PDF has.

    Args:
        file: from its beginning; it is left open.
        name: what it is called in a sentence.

    Raises:
        PictureError: it is locked, damaged or empty, or pypdfium2 is not installed.
    """
    with _document(file, name) as document:
        return len(document)


def page(file: IO[bytes], name: str, number: int | None = None) -> Opened:
    """Draw a page of a PDF.

    Args:
        file: from its beginning; it is left open.
        name: what it is called in a sentence.
        number: of the page, from 1; None for the first, and to be told of further ones.

    Returns:
        uint8 (H, W, 3), of 200 dots per inch, and where that would be too large of fewer: 175 for A4.

    Raises:
        PictureError: it is locked, damaged or empty, or pypdfium2 is not installed.
    """
    with _document(file, name) as document:
        drawn = document[(number or 1) - 1]
        width, height = drawn.get_size()
        scale = min(DPI / POINTS, LONGEST_SIDE / max(width, height, 1))
        array = np.array(drawn.render(scale=scale, rev_byteorder=True).to_numpy())
        return Opened(array, first_of(len(document), "pages") if number is None else "")


@contextmanager
def _document(file: IO[bytes], name: str) -> "Iterator[PdfDocument]":
    try:
        from pypdfium2 import PdfDocument, PdfiumError
    except ModuleNotFoundError as error:
        raise PictureError(not_installed(error, "a PDF", "pdf")) from error
    file.seek(0)
    with _one_at_a_time:
        try:
            with PdfDocument(file) as document:
                yield document
        except PdfiumError as error:
            if error.err_code in LOCKED:
                raise PictureError(f"{name} is locked with a password. Save it without one first.") from error
            raise PictureError(f"{name} is damaged, or has no pages. Get another copy of it.") from error
