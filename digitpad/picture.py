"""Any picture that comes in, as one kind of array."""

import importlib.util
import io
import math
import os
import stat
import warnings
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from digitpad.errors import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image as PilImage

# Phone cameras save 50 million pixels at most; a picture beyond that is a mistake or an attack.
MOST_PIXELS = 50_000_000
# Of a picture that has to be decoded whole, not only to as many pixels as are wanted: 25 million pixels in colours.
MOST_VALUES = 75_000_000
VALUES = {"1": 1, "L": 1, "LA": 4, "P": 4, "PA": 4, "RGBA": 4}  # of each pixel, by PIL's mode; of any other three
JPEGS = ("JPEG", "MPO")  # the second has several pictures, as some phones save them
MOST_SCANS = 40  # of a JPEG: cameras write one, programs a dozen; each takes as long as the whole picture
# What PIL can read is more: some formats start other programs, some are not pictures but documents, and JPEG 2000
# takes seconds.
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "AVIF")
HEIF_SUFFIXES = (".heic", ".heif", ".hif")  # the photos of iPhones, read where pillow-heif is installed
ROUNDING = 1e-3  # by how much a float may be outside of its range
LONGEST_SIDE = 2048  # pixels: a larger picture is made smaller, since no digit needs more
EXPECTED = (
    "Expected is a PIL image, a numpy array (H, W), (H, W, 3) or (H, W, 4), the path of a picture file, or such a "
    "file opened in binary mode."
)


def to_array(picture: "PilImage | NDArray[Any] | str | PathLike[str] | IO[bytes]") -> NDArray[np.uint8]:
    """Bring a picture into one form: uint8 (H, W) grey, (H, W, 3) RGB or (H, W, 4) RGBA.

    Args:
        picture: see `Recognizer.read`.

    Raises:
        PictureError: it is of another type or shape, empty, too large, holds values that are no brightness,
            or can't be read.
    """
    if isinstance(picture, np.ndarray):
        # Contiguous, since OpenCV refuses some views, such as mirrored ones.
        return np.ascontiguousarray(_from_array(np.asarray(picture), "The array"))
    if isinstance(picture, Image.Image):
        return _from_image(picture, "The image")
    if isinstance(picture, str | PathLike):
        return _from_file(picture)
    # What tempfile and others hand out is no IOBase, yet a file.
    if hasattr(picture, "read") and hasattr(picture, "seek") and not isinstance(picture, io.TextIOBase):
        return _from_opened(picture, _name_of(picture))
    raise PictureError(f"An object of type {type(picture).__name__} is no picture. {EXPECTED}")


def picture_suffixes() -> frozenset[str]:
    """The suffixes of the files that can be read, such as ".png", in small letters."""
    suffixes = {suffix for suffix, kind in Image.registered_extensions().items() if kind in FORMATS}
    return frozenset(suffixes | set(HEIF_SUFFIXES if importlib.util.find_spec("pillow_heif") else ()))


def _from_array(array: NDArray[Any], name: str) -> NDArray[np.uint8]:
    shape = " × ".join(map(str, array.shape)) or "no dimensions"
    if not (array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4))):
        raise PictureError(f"An array of shape {array.shape} is no picture. {EXPECTED}")
    if array.size == 0:
        raise PictureError(f"{name} is empty ({shape}): a picture has at least one pixel.")
    # Bytes are made smaller at once; other numbers must each be looked at first.
    most = MOST_PIXELS if array.dtype == np.uint8 else MOST_VALUES // 2 // math.prod(array.shape[2:])
    _check_size(array.shape[1], array.shape[0], name, most)
    smaller = _reduction(array.shape[1], array.shape[0])
    if array.dtype == np.uint8 and array.max() > 1:
        return array if smaller == 1 else np.asarray(Image.fromarray(array).reduce(smaller))  # as most are
    if array.dtype.kind not in "buif":
        raise PictureError(f"An array of {array.dtype} is no picture. Expected are integers, floats or booleans.")
    if not np.isfinite(array).all():
        raise PictureError(f"{name} holds NaN or infinite values, which are no brightness. Replace them first.")
    low, high = array.min(), array.max()
    # What is nowhere above 1 is a mask or floats from 0 to 1, which may be off by a rounding; uint16 have as many
    # bits, from 8 on, as their largest value needs: scanners fill 10 or 12 of the 16.
    bits = max(8, int(high).bit_length()) if array.dtype.kind == "u" and array.itemsize == 2 else 8
    most = 1 if high <= 1 + ROUNDING else 2**bits - 1
    if low < -ROUNDING or high > most + ROUNDING:
        raise PictureError(
            f"{name} holds values from {low} to {high}. Expected are integers from 0 to 255, uint16, booleans, "
            "or floats from 0 to 1 or 0 to 255."
        )
    scaled: NDArray[np.uint8] = np.rint(array.astype(np.float32) * (255 / most)).clip(0, 255).astype(np.uint8)
    return scaled if smaller == 1 else np.asarray(Image.fromarray(scaled).reduce(smaller))


def _reduction(width: int, height: int) -> int:
    """How many times smaller a picture is made before it is read."""
    return math.ceil(max(width, height) / LONGEST_SIDE)


def _from_image(image: "PilImage", name: str, own: bool = False) -> NDArray[np.uint8]:
    """Decode an image; PIL opens lazily, so a damaged file shows only here. One that is our own may be changed."""
    width, height = image.size
    if not width or not height:
        raise PictureError(f"{name} is empty ({width} × {height}): a picture has at least one pixel.")
    by_parts = own and image.format in JPEGS and not image.info.get("progressive")
    _check_size(width, height, name, MOST_PIXELS if by_parts else MOST_VALUES // VALUES.get(image.mode, 3))
    try:
        if own:
            # A photo is decoded to hardly more pixels than are wanted, and not copied: that saves most of the memory.
            image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            ImageOps.exif_transpose(image, in_place=True)
        upright = image if own else ImageOps.exif_transpose(image)
        smaller = _reduction(*upright.size)
        if upright.mode.startswith(("I", "F")):
            if upright.mode.startswith("I;"):
                upright = upright.convert("I")  # PIL can't make 16-bit images smaller
            deep = np.asarray(upright.reduce(smaller))
            # PIL opens 16-bit files as 32-bit integers too.
            is_16_bit = upright.mode == "I" and deep.min() >= 0 and deep.max() <= 65535
            return _from_array(deep.astype(np.uint16) if is_16_bit else deep, name)
        if upright.mode in ("La", "RGBa"):
            upright = upright.convert(upright.mode.upper())
        if upright.mode not in ("L", "RGB", "RGBA"):
            plain = "L" if upright.mode == "1" else "RGBA" if upright.has_transparency_data else "RGB"
            upright = upright.convert(plain)
        return np.asarray(upright.reduce(smaller))
    except PictureError:
        raise
    except Exception as error:  # PIL's decoders raise nearly anything on a damaged file
        raise PictureError(f"{name} is damaged or cut off. Get another copy of it.") from error


def _from_file(given: "str | PathLike[str]") -> NDArray[np.uint8]:
    name = f"The file {given}"
    try:
        path = Path(os.fsdecode(given))
        is_file = stat.S_ISREG(path.stat().st_mode)  # not a folder, nor a device that never ends
    except FileNotFoundError as error:
        raise PictureError(f"{name} does not exist.") from error
    except OSError as error:
        raise PictureError(f"{name} can't be read: {error.strerror}.") from error
    except (TypeError, ValueError) as error:
        raise PictureError(f"{given!r} is no path of a file: {error}. {EXPECTED}") from error
    if not is_file:
        raise PictureError(f"{path} is not a file. {EXPECTED}")
    try:
        opened = path.open("rb")
    except OSError as error:
        raise PictureError(f"{name} can't be read: {error.strerror}.") from error
    with opened:
        return _from_opened(opened, name, path)


def _name_of(file: "IO[bytes]") -> str:
    """What an opened file is called in a sentence; its name may be anything, and is never opened."""
    name = getattr(file, "name", None)
    return f"The file {name}" if isinstance(name, str) and name else "The file"


def _from_opened(file: "IO[bytes]", name: str, path: Path | None = None) -> NDArray[np.uint8]:
    """Decode a file from its beginning; it is left open.

    With its path PIL loads the reader for its suffix alone, which saves a part of the start.
    """
    if getattr(file, "closed", False):
        raise PictureError(f"{name} is closed. {EXPECTED}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # PIL's warnings about odd files; what matters is checked here
            with Image.open(path or file, formats=_formats(file)) as image:
                if image.format in JPEGS:
                    _check_scans(file, name)
                return _from_image(image, name, own=True)
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


def _formats(file: "IO[bytes]") -> tuple[str, ...]:
    """What may be opened; HEIF's decoder is large, so it is loaded only for a file that looks like one."""
    file.seek(0)
    start = file.read(12)
    if start[4:8] == b"ftyp" and start[8:12] not in (b"avif", b"avis"):
        try:
            from pillow_heif import register_heif_opener
        except ImportError:
            return FORMATS
        register_heif_opener()
        return (*FORMATS, "HEIF")
    return FORMATS


def _check_size(width: int, height: int, name: str, most: int) -> None:
    most = min(most, MOST_PIXELS)
    if width * height > most:
        raise PictureError(
            f"{name} is too large ({width} × {height}): of such a picture at most {most // 10**6} million pixels are "
            "read. Make it smaller first."
        )


def _check_scans(file: "IO[bytes]", name: str) -> None:
    """Refuse a JPEG that goes over its pixels again and again: a small file could keep the machine busy for hours."""
    place = file.tell()
    file.seek(0)
    scans = file.read().count(b"\xff\xda")  # a scan's beginning; within a scan these bytes can't follow one another
    file.seek(place)
    if scans > MOST_SCANS:
        raise PictureError(f"{name} is damaged: a JPEG of {scans} scans is none that a camera or program wrote.")
