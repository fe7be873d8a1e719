"""The way from a picture to a Reading."""

import itertools
import math
import operator
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import PictureError
from digitpad.glyphs.glyph import enlarged_glyph, glyph, is_glyph
from digitpad.glyphs.ink import drawn_in
from digitpad.glyphs.photo import reduced
from digitpad.models import catalogue
from digitpad.models.model import Model
from digitpad.numbers.page import Box, Number, Page
from digitpad.pictures.arrays import Opened
from digitpad.pictures.picture import FilePage, opened, several
from digitpad.reading import Reading, may_be_several

if TYPE_CHECKING:
    from PIL.Image import Image

    from digitpad.glyphs.strokes import Stroke
    from digitpad.numbers.ink import PageInk

    Picture: TypeAlias = Image | NDArray[np.generic] | str | PathLike[str] | IO[bytes] | bytes | Opened | FilePage
    Sent: TypeAlias = Picture | PictureError

T = TypeVar("T")

BATCH = 32  # pictures: enough to keep the network busy, few enough for its numbers to stay in the cache
FEW = 8  # pictures of a first batch, by which one sees how long they take
WORTH_HELP = 0.2  # seconds of reading, past or known to come, for which others are started: that takes as long
NO_INK = np.zeros((0, 0), np.uint8)
FOR_SEVERAL = 640  # pixels of the longer side of the ink in which several digits are looked for
TURN = 0.03  # seconds of reading that each of them gets at a time, or one picture


class Recognizer:
    """Reads one digit from a picture.

    It can be pickled, for `multiprocessing.Pool.map(recognizer.read, files)` say: its model is then opened anew.

    Args:
        model: the model that reads, or its name, or the `Path` of its file or folder. Without one, the model
            in use: the one chosen by `digitpad.use` or `train.py --use`, else the shipped one.

    Attributes:
        model: the model that reads.
        notice: a sentence for the user where the chosen model is broken and the shipped one reads instead;
            else empty.

    Raises:
        ModelError: the model that was asked for is missing or broken.
    """

    def __init__(self, model: str | Path | Model | None = None) -> None:
        self.model: Model
        self.notice = ""
        if model is None:
            self.model, self.notice = catalogue.in_use()
        elif isinstance(model, Model):
            self.model = model
        else:
            self.model = catalogue.find(model)

    def read(self, picture: "Picture") -> Reading:
        """Read the digit in a picture.

        Args:
            picture: a PIL image; an array (H, W), (H, W, 3) or (H, W, 4) of integers in 0 to 255, uint16, booleans
                (also as 0 and 1), or floats in 0 to 1 or 0 to 255; the path of a picture file; what is in such a
                file, bytes; or such a file opened in binary mode, also an `io.BytesIO`: it is read from its
                beginning and left open, and its `name`, where it has one, is told but never opened.
                Any colours on any paper, with or without transparency. An array (28, 28) that is framed as
                MNIST frames its digits is read as it is, also where it was enlarged.

        Returns:
            what the recognizer says of it; where it shows several digits, that, for `read_numbers` to read them.

        Raises:
            PictureError: a ValueError that says what came and what is expected.
        """
        [reading] = self._read_seen([_seen_in(picture)])
        return reading

    def read_one(self, picture: "Picture") -> Reading:
        """Read the digit in a picture, as `read` does, without a look whether it shows several."""
        [reading] = self._read_ones([_seen_in(picture)])
        return reading

    def read_many(self, pictures: "Iterable[Sent]", workers: int = 1) -> "Iterator[Reading | PictureError]":
        """Read many pictures, a batch at a time, which is several times as fast as one by one.

        Args:
            pictures: each as for `read`, or the error of one that could not be opened; they are taken as the
                readings are asked for, with several workers a few batches ahead.
            workers: how many processes read; those beside this one are started only where there is enough to read.

        Yields:
            for each picture, in their order, its reading; or in its place the error of one that can't be read.

        Raises:
            PictureError: what came is one picture, or nothing that holds pictures.
            ValueError: there can't be so many workers.
        """
        return self._read_many(several(pictures), _checked(workers), self._read_batch, BATCH)

    def read_numbers(self, picture: "Picture") -> Page:
        """Read all the numbers in a picture: several digits in a row, and rows on a page.

        Args:
            picture: as for `read`.

        Returns:
            rows of numbers, with the places of their digits in pixels of the picture, and of what is no digit; a
            single digit with the reading that `read` gives.

        Raises:
            PictureError: see `read`.
        """
        from digitpad.numbers.reader import read_page  # a digit alone is read without

        came = opened(picture)
        rows, others = read_page(_page_ink(came), self.model)
        page = Page(rows, others, came.size, came.name, came.note)
        return page.of_one_digit(self._read_seen([_seen_in(came)])[0]) if page.is_one_digit else page

    def read_many_numbers(self, pictures: "Iterable[Sent]", workers: int = 1) -> "Iterator[Page | PictureError]":
        """Read the numbers in many pictures, such as the pages of a file; see `read_many`, also for its arguments.

        Yields:
            for each picture, in their order, its page; or in its place the error of one that can't be read.

        Raises:
            PictureError: what came is one picture, or nothing that holds pictures.
            ValueError: there can't be so many workers.
        """
        return self._read_many(several(pictures), _checked(workers), self._read_pages, 1)

    def read_strokes(self, strokes: "Sequence[Stroke]") -> Page:
        """Read all the numbers in a drawing, whose strokes tell more than their picture.

        Args:
            strokes: as they were made, one after another, with what was erased.

        Returns:
            rows of numbers, with the places of their digits on the canvas and the strokes that made them, and of what
            is no digit.
        """
        from digitpad.numbers.strokes import read_strokes

        rows, others = read_strokes(strokes, self.model)
        far = np.max([stroke.places.max(axis=0) for stroke in strokes], axis=0, initial=0) if strokes else (0, 0)
        return Page(rows, others, (math.ceil(far[0]), math.ceil(far[1])))

    def read_number(self, picture: "Picture", box: Box) -> Number | None:
        """Read what is in a part of a picture as one number.

        Args:
            picture: as for `read`.
            box: left, top, right and bottom of the part, in pixels of the picture. A digit that sticks out of it a
                little is read whole; of what lies for the most part outside nothing is.

        Returns:
            the number, with the places of its digits in pixels of the picture; None where there is none.

        Raises:
            PictureError: see `read`; or nothing of the picture is in the box.
        """
        from digitpad.numbers.boxes import read_box

        came = opened(picture)
        left, top, right, bottom = box
        width, height = came.size
        if min(right, width) <= max(left, 0) or min(bottom, height) <= max(top, 0):
            raise PictureError(f"In the box {tuple(box)} is nothing of the picture, which is {width} × {height}.")
        return read_box(_page_ink(came), box, self.model)

    def _read_many(
        self, pictures: "Iterator[Sent]", workers: int, read: "Callable[[Iterable[Sent]], list[T]]", at_once: int
    ) -> Iterator[T]:
        """What `read` gives of many pictures, of so many at a time, on this process and others."""
        seconds, count, known_to_come = 0.0, 0, 0.0
        while workers == 1 or max(seconds, known_to_come) < WORTH_HELP:
            began = time.perf_counter()
            batch = read(itertools.islice(pictures, at_once if workers == 1 else min(at_once, FEW)))
            if not batch:
                return
            seconds, count = seconds + time.perf_counter() - began, count + len(batch)
            known_to_come = operator.length_hint(pictures) * seconds / count
            yield from batch
        from digitpad.sharing import shared  # takes a tenth of the start

        turn = math.ceil(count / seconds * TURN)
        turns = iter(lambda: list(map(_to_send, itertools.islice(pictures, turn))), [])
        for done in shared(partial(self._read_turn, read, at_once), turns, workers - 1):
            yield from done

    def _read_turn(
        self, read: "Callable[[Iterable[Sent]], list[T]]", at_once: int, pictures: "list[Sent]"
    ) -> list[T]:
        return list(self._read_many(iter(pictures), 1, read, at_once))

    def _read_pages(self, pictures: "Iterable[Sent]") -> "list[Page | PictureError]":
        """What comes of each page."""
        return [_or_error(self.read_numbers, picture) for picture in pictures]

    def _read_batch(self, pictures: "Iterable[Sent]") -> "list[Reading | PictureError]":
        """What comes of each picture; of them there is only one at a time in memory."""
        seen = [_or_error(_seen_in, picture) for picture in pictures]
        fine = [item for item in seen if not isinstance(item, PictureError)]
        readings = iter(self._read_seen(fine) if fine else [])
        return [item if isinstance(item, PictureError) else next(readings) for item in seen]

    def _read_seen(self, seen: "list[_Seen]") -> list[Reading]:
        """The readings of what is seen; of several digits, that."""
        return [
            Reading.several(item.glyph, item.name, item.note) if self._are_several(reading, item.ink) else reading
            for reading, item in zip(self._read_ones(seen), seen, strict=True)
        ]

    def _read_ones(self, seen: "list[_Seen]") -> list[Reading]:
        """The readings of glyphs, an empty one read as empty paper."""
        probabilities = self.model.probabilities(np.stack([item.glyph for item in seen]))
        readings = (
            Reading.of(
                item.glyph, shares, self.model.not_a_digit_above, self.model.unsure_above, item.name, item.is_murky
            )
            if item.glyph.any()
            else Reading.empty(item.name)
            for item, shares in zip(seen, probabilities, strict=True)
        )
        return [replace(reading, note=item.note) for reading, item in zip(readings, seen, strict=True)]

    def _are_several(self, reading: Reading, ink: NDArray[np.uint8]) -> bool:
        """Whether what was read as one digit, or none, is several; a network that knows no such thing can't tell."""
        if not ink.size or not self.model.tells_no_digit or not may_be_several(reading):
            return False
        from digitpad.numbers.several import shows_several  # a digit alone is read without

        return shows_several(ink, self.model)


def _checked(workers: int) -> int:
    """A count of workers, if there can be so many."""
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise ValueError(f"workers says how many processes read: 1 or more, not {workers!r}.")
    return workers


class _Seen(NamedTuple):
    """What there is to see of a picture, and what is told of it.

    Attributes:
        glyph: uint8 (28, 28), what the network sees.
        ink: uint8 (H, W), what the glyph was made of, no larger than several digits are found in; none of a picture
            that is framed as MNIST frames one digit.
        is_murky: whether it is hard to see in the picture.
        name: as of `Opened`.
        note: as of `Opened`.
    """

    glyph: NDArray[np.uint8]
    ink: NDArray[np.uint8]
    is_murky: bool
    name: str
    note: str


def glyph_in(picture: "Picture") -> NDArray[np.uint8]:
    """What the network sees of a picture, uint8 (28, 28): one of MNIST's, also enlarged, as it is.

    Raises:
        PictureError: see `Recognizer.read`.
    """
    return _seen_in(picture).glyph


def _seen_in(picture: "Picture") -> _Seen:
    came = opened(picture)
    if is_glyph(came.array):
        return _Seen(came.array, NO_INK, False, came.name, came.note)
    ink, is_murky = drawn_in(came.array)
    enlarged = enlarged_glyph(ink)
    if enlarged is not None:
        return _Seen(enlarged, NO_INK, is_murky, came.name, came.note)
    return _Seen(glyph(ink), reduced(ink, FOR_SEVERAL), is_murky, came.name, came.note)


def _page_ink(picture: Opened) -> "PageInk":
    """The ink of a whole picture, and the way from there to the pixels of the picture as it came."""
    from digitpad.numbers.ink import PageInk, page_ink

    found = page_ink(picture.array)
    high, wide = picture.array.shape[:2]
    return PageInk(found.ink, np.diag([picture.size[0] / wide, picture.size[1] / high, 1.0]) @ found.matrix)


def _to_send(picture: "Sent") -> "Sent":
    """What is sent to another process: pictures of two kinds are opened before, others there.

    An image of PIL's lacks its EXIF and its pages once it is pickled; with a page of a file that lies in memory all
    of the file would be sent.
    """
    has_all_pages = isinstance(picture, FilePage) and isinstance(picture.file, bytes)
    if isinstance(picture, PictureError) or not (has_all_pages or hasattr(picture, "getexif")):
        return picture
    try:
        return opened(picture)
    except PictureError as error:
        return error


def _or_error(read: "Callable[[Picture], T]", picture: "Sent") -> T | PictureError:
    if isinstance(picture, PictureError):
        return picture
    try:
        return read(picture)
    except PictureError as error:
        return error
