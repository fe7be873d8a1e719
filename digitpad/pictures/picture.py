"""Any picture that comes in, as one kind of array."""

import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from os import PathLike
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import PictureError
from digitpad.pictures.arrays import Opened, from_array
from digitpad.pictures.plain_png import plain_content, plain_png

if TYPE_CHECKING:
    from PIL.Image import Image

    File: TypeAlias = Image | NDArray[Any] | str | PathLike[str] | IO[bytes] | bytes
    Picture: TypeAlias = File | Opened | "FilePage"


@dataclass(frozen=True)
class FilePage:
    """One page of a file; it is opened only when it is read, so hundreds of them need no memory.

    Attributes:
        file: the path of the file, or what is in it.
        number: of the page, from 1.
        count: how many pages the file has.
        title: what the file is called; empty where it has no name.
    """

    file: str | PathLike[str] | bytes = field(repr=False)
    number: int
    count: int
    title: str

    @property
    def name(self) -> str:
        """What the page is called: "scan.pdf, page 3"; of a file with one page what that is called."""
        if self.count == 1:
            return self.title
        return f"{self.title}, page {self.number}" if self.title else f"page {self.number}"

    @property
    def source(self) -> "str | PathLike[str] | IO[bytes]":
        """The path of the file, or what is in it as an open file."""
        if not isinstance(self.file, bytes):
            return self.file
        content = io.BytesIO(self.file)
        content.name = self.title  # for the sentences about it
        return content


def to_array(picture: "File") -> NDArray[np.uint8]:
    """Bring a picture into one form: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA; see `opened`."""
    return opened(picture).array


def opened(picture: "Picture") -> Opened:
    """Bring a picture into one form, and say what was not read of it.

    Args:
        picture: see `Recognizer.read`; one that was opened stays as it is.

    Returns:
        its array, what is to be told of it, its `name_of`, and how large it was.

    Raises:
        PictureError: it is of another type or shape, empty, too large, holds values that are no brightness,
            or can't be read.
    """
    if isinstance(picture, Opened):
        return picture
    name = name_of(picture)
    if isinstance(picture, FilePage):
        if picture.count > 1:
            from digitpad.pictures.decoding import decoded

            return decoded(picture.source, picture.number)._replace(name=name)
        picture = picture.source
    return _opened(picture)._replace(name=name)


def _opened(picture: "File") -> Opened:
    if isinstance(picture, np.ndarray):
        # Contiguous, since OpenCV refuses some views, such as mirrored ones.
        array = np.ascontiguousarray(from_array(np.asarray(picture), "The array"))
        return Opened(array, whole=(picture.shape[1], picture.shape[0]))
    if (plain := _plain(picture)) is not None:
        return Opened(plain)
    from digitpad.pictures.decoding import decoded  # PIL takes a tenth of the start

    return decoded(picture)


def _plain(picture: "File") -> NDArray[np.uint8] | None:
    """What a plain PNG file shows, given by its path, as bytes, or as such in memory; None of all else."""
    if isinstance(picture, str | PathLike):
        return plain_png(picture)
    if isinstance(picture, io.BytesIO) and not picture.closed:
        picture = picture.getvalue()
    return plain_content(picture) if isinstance(picture, bytes) else None


def name_of(picture: object) -> str:
    """The path of a picture file, or what an open one calls itself; empty where there is none."""
    name = picture if isinstance(picture, str | PathLike) else getattr(picture, "name", None)
    name = os.fspath(name) if isinstance(name, PathLike) else name
    return os.fsdecode(name) if isinstance(name, str | bytes) else ""


def several(pictures: Any) -> Iterator[Any]:
    """Go through several pictures.

    Raises:
        PictureError: what came is one picture, or nothing that holds any.
    """
    is_one = isinstance(pictures, str | PathLike | bytes | bytearray) or hasattr(pictures, "read")
    if isinstance(pictures, np.ndarray):
        is_one = pictures.ndim < 3 or (pictures.ndim == 3 and pictures.shape[2] in (3, 4))
    if not is_one:
        with suppress(TypeError):
            return iter(pictures)
    what = f"An object of type {type(pictures).__name__}"
    if isinstance(pictures, str | PathLike):
        what = str(pictures) or '""'
    raise PictureError(
        f"{what} is not several pictures. read takes one; read_many a list, or Path(folder).glob('*.png')."
    )
