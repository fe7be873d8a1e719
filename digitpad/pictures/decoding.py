"""Pictures that PIL decodes: its own images, and files."""

import importlib.util
import io
import os
import re
import stat
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from digitpad.errors import PictureError
from digitpad.pictures import pdf
from digitpad.pictures.arrays import (
    EXPECTED,
    LONGEST_SIDE,
    MOST_PIXELS,
    MOST_VALUES,
    Opened,
    check_size,
    first_of,
    from_array,
    reduction,
)

if TYPE_CHECKING:
    from PIL.Image import Image as PilImage

JPEGS = ("JPEG", "MPO")  # the second has several pictures, as some phones save them
VALUES = {"1": 1, "L": 1, "LA": 4, "P": 4, "PA": 4, "RGBA": 4}  # of each pixel, by PIL's mode; of any other three
# Decoded row by row into PIL's image, of four bytes a pixel at most: 200 MB for the largest. Of others, such as WebP
# and progressive JPEG, the decoder keeps the whole too, so for as much memory they may have fewer pixels.
BY_ROWS = ("PNG", "BMP", "PPM", "TIFF", None)  # the last is an image of PIL's that comes from no file
ON_ITS_SIDE = range(5, 9)  # what EXIF says of a photo that has to be turned by a quarter
STRIPE = 128  # rows of the smaller picture that are made at once
PDF = "PDF"  # which PIL can't read
TIFFS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")  # a file's first bytes; the last two are those of large ones
PAGES = ("TIFF", "HEIF")  # where several pictures are pages, not the frames of a film
MOST_SCANS = 40  # of a JPEG: cameras write one, programs a dozen; each takes as long as the whole picture
# What PIL can read is more: some formats start other programs, some are not pictures but documents, and JPEG 2000
# takes seconds.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "AVIF")
EXTRAS = {"HEIC": "pillow_heif", "PDF": "pypdfium2"}  # what is read where a further library is installed
WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # a path has lost one of the two strokes
HEIF_SUFFIXES = (".heic", ".heif", ".hif")  # the photos of iPhones
READ = [*FORMATS, *(kind for kind, library in EXTRAS.items() if importlib.util.find_spec(library))]
NO_PICTURES = f"There are no pictures here. digitpad reads {', '.join(READ[:-1])} and {READ[-1]} files."


def picture_suffixes() -> frozenset[str]:
    """The suffixes of the files that can be read, such as ".png", in small letters."""
    suffixes = {suffix for suffix, kind in Image.registered_extensions().items() if kind in FORMATS}
    if "HEIC" in READ:
        suffixes |= set(HEIF_SUFFIXES)
    return frozenset(suffixes | {".pdf"} if "PDF" in READ else suffixes)


def decoded(picture: "PilImage | str | PathLike[str] | IO[bytes] | bytes", page: int | None = None) -> Opened:
    """Decode an image of PIL's, or a picture file from its beginning; one that is open is left open.

    What is in a file, bytes, is decoded too.

    Args:
        picture: see `Recognizer.read`.
        page: which page of a file, from 1; None for the first, and to be told of further ones.

    Returns:
        uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA, upright as its EXIF says, and what is to be told of it.

    Raises:
        PictureError: it is of another type, empty, too large, or can't be read.
    """
    if isinstance(picture, Image.Image):
        return _from_image(picture, "The image")
    if isinstance(picture, str | PathLike):
        with _file_at(picture) as (file, name, path):
            return _from_opened(file, name, path, page)
    if isinstance(picture, bytes | bytearray | memoryview):
        return _from_opened(io.BytesIO(picture), "What is in these bytes", page=page)
    # What tempfile and others hand out is no IOBase, yet a file.
    if hasattr(picture, "read") and hasattr(picture, "seek") and not isinstance(picture, io.TextIOBase):
        return _from_opened(picture, _name_of(picture), page=page)
    if picture is None:
        raise PictureError(f"None is no picture; OpenCV's imread gives it for a file that it can't read. {EXPECTED}")
    if isinstance(picture, list | tuple | set):
        raise PictureError(
            f"A {type(picture).__name__} is no picture. Several are read with read_many; make numbers an array first."
        )
    raise PictureError(f"An object of type {type(picture).__name__} is no picture. {EXPECTED}")


def page_count(picture: "str | PathLike[str] | IO[bytes]") -> int:
    """How many pages a file has; one that is open is left open. Of a PDF or a TIFF there can be several.

    Raises:
        PictureError: it is empty or can't be read; of other files only reading them shows that they are damaged.
    """
    if not isinstance(picture, str | PathLike):
        return _pages_in(picture, _name_of(picture))
    with _file_at(picture) as (file, name, _):
        return _pages_in(file, name)


def _pages_in(file: "IO[bytes]", name: str) -> int:
    formats = _formats(file, name)
    if PDF in formats:
        return pdf.page_count(file, name)
    file.seek(0)
    if not file.read(4).startswith(TIFFS):
        return 1
    count = 1
    with suppress(Exception), warnings.catch_warnings():  # reading it will say what is wrong
        warnings.simplefilter("ignore")
        with Image.open(file, formats=("TIFF",)) as image:
            count = getattr(image, "n_frames", 1)
    return count


def _from_image(image: "PilImage", name: str, own: bool = False) -> Opened:
    """Decode an image; PIL opens lazily, so a damaged file shows only here. One that is our own may be changed."""
    width, height = image.size
    if not width or not height:
        raise PictureError(f"{name} is empty ({width} × {height}): a picture has at least one pixel.")
    is_photo = own and image.format in JPEGS and not image.info.get("progressive")
    in_parts = is_photo or image.format in BY_ROWS
    check_size(width, height, name, MOST_PIXELS if in_parts else MOST_VALUES // VALUES.get(image.mode, 3))
    try:
        if own:  # a photo is decoded to hardly more pixels than are wanted
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        small = _reduced(image)
        turn = image.getexif().get(ExifTags.Base.Orientation)
        if turn:
            small.getexif()[ExifTags.Base.Orientation] = turn
            small = ImageOps.exif_transpose(small)
            if turn in ON_ITS_SIDE:
                width, height = height, width
        array = np.asarray(small)
        if small.mode in ("I", "F"):
            # PIL opens 16-bit files as 32-bit integers too.
            is_16_bit = small.mode == "I" and array.min() >= 0 and array.max() <= 65535
            array = from_array(array.astype(np.uint16) if is_16_bit else array, name)
        return Opened(array, _note(image), whole=(width, height))
    except PictureError:
        raise
    except Exception as error:  # PIL's decoders raise nearly anything on a damaged file
        raise PictureError(f"{name} is damaged or cut off. Get another copy of it.") from error


def _reduced(image: "PilImage") -> "PilImage":
    """An image as large as is read, in one of the modes L, RGB, RGBA, I and F, without a copy as large as itself."""
    image.load()
    smaller = reduction(*image.size)
    if smaller == 1:
        return _plain(image)
    width, height = image.size
    stripe = smaller * STRIPE
    parts = [
        _plain(image.crop((0, top, width, min(top + stripe, height)))).reduce(smaller)
        for top in range(0, height, stripe)
    ]
    whole = Image.new(parts[0].mode, (parts[0].width, sum(part.height for part in parts)))
    for number, part in enumerate(parts):
        whole.paste(part, (0, number * STRIPE))
    return whole


def _plain(image: "PilImage") -> "PilImage":
    """An image in one of the modes L, RGB, RGBA, I and F."""
    if image.mode.startswith(("I", "F")):
        return image.convert("I") if image.mode.startswith("I;") else image  # PIL can't make 16-bit images smaller
    if image.mode in ("La", "RGBa"):
        image = image.convert(image.mode.upper())
    if image.mode in ("L", "RGB", "RGBA"):
        return image
    return image.convert("L" if image.mode == "1" else "RGBA" if image.has_transparency_data else "RGB")


def _note(image: "PilImage") -> str:
    """That of several pictures in a file the first was read; those beside a phone's photo are not for eyes."""
    count = 1
    if image.format not in JPEGS:
        with suppress(Exception):  # the first could be read; PIL's readers raise nearly anything on a damaged rest
            count = getattr(image, "n_frames", 1)
    return first_of(count, "pages" if image.format in PAGES else "frames")


@contextmanager
def _file_at(given: "str | PathLike[str]") -> "Iterator[tuple[IO[bytes], str, Path]]":
    """A picture file, opened, what it is called in a sentence, and its path."""
    name = f"The file {given}"
    try:
        path = Path(word := os.fsdecode(given))
        if not word:  # which Path takes for the current folder
            raise ValueError("it is empty")
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        if WEB_ADDRESS.match(str(given)):
            raise PictureError(f"{given} is an address. digitpad reads files: download it first.") from error
        raise PictureError(f"{name} does not exist.") from error
    except OSError as error:
        raise PictureError(f"{name} can't be read: {error.strerror}.") from error
    except (TypeError, ValueError) as error:
        raise PictureError(f"{given!r} is no path of a file: {error}. {EXPECTED}") from error
    if stat.S_ISDIR(mode):
        raise PictureError(f"{path} is a folder. Name the pictures in it; several are read with read_many.")
    if not stat.S_ISREG(mode):  # a device that never ends, say
        raise PictureError(f"{path} is not a file. {EXPECTED}")
    try:
        opened = path.open("rb")
    except OSError as error:
        raise PictureError(f"{name} can't be read: {error.strerror}.") from error
    with opened:
        yield opened, name, path


def _name_of(file: "IO[bytes]") -> str:
    """What an opened file is called in a sentence; its name may be anything, and is never opened."""
    name = getattr(file, "name", None)
    return f"The file {name}" if isinstance(name, str) and name else "The file"


def _from_opened(file: "IO[bytes]", name: str, path: Path | None = None, page: int | None = None) -> Opened:
    """Decode a file from its beginning, or a page of it; it is left open.

    With its path PIL loads the reader for its suffix alone, which saves a part of the start.
    """
    if getattr(file, "closed", False):
        raise PictureError(f"{name} is closed. {EXPECTED}")
    try:
        formats = _formats(file, name)
        if PDF in formats:
            return pdf.page(file, name, page)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PIL's warnings about odd files; what matters is checked here
            with Image.open(path or file, formats=formats) as image:
                if image.format in JPEGS:
                    _check_scans(file, name)
                if page and page > 1:
                    image.seek(page - 1)
                came = _from_image(image, name, own=True)
                return came._replace(note="") if page else came
    except PictureError:
        raise
    except UnidentifiedImageError as error:
        raise PictureError(f"{name} is no picture that digitpad can read, such as PNG, JPEG or WebP.") from error
    except Image.DecompressionBombError as error:
        raise PictureError(f"{name} is too large: at most {MOST_PIXELS // 10**6} million pixels are read.") from error
    except OSError as error:
        raise PictureError(f"{name} can't be read: {error.strerror or error}.") from error
    except Exception as error:  # PIL's readers raise nearly anything on a damaged header
        raise PictureError(f"{name} is damaged or cut off. Get another copy of it.") from error


def _formats(file: "IO[bytes]", name: str) -> tuple[str, ...]:
    """What may be opened; HEIF's decoder is large, so it is loaded only for a file that looks like one."""
    file.seek(0)
    start = file.read(12)
    if start == b"":
        raise PictureError(f"{name} is empty (0 bytes). Get another copy of it.")
    if start.startswith(b"%PDF-"):
        return (PDF,)
    if start[4:8] == b"ftyp" and start[8:12] not in (b"avif", b"avis"):
        try:
            from pillow_heif import register_heif_opener
        except ImportError:
            return FORMATS
        register_heif_opener()
        return (*FORMATS, "HEIF")
    return FORMATS


def _check_scans(file: "IO[bytes]", name: str) -> None:
    """Refuse a JPEG that goes over its pixels again and again: a small file could keep the machine busy for hours."""
    place = file.tell()
    file.seek(0)
    scans = file.read().count(b"\xff\xda")  # a scan's beginning; within a scan these bytes can't follow one another
    file.seek(place)
    if scans > MOST_SCANS:
        raise PictureError(f"{name} is damaged: a JPEG of {scans} scans is none that a camera or program wrote.")
