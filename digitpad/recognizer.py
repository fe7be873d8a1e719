"""The way from a picture to a Reading."""

import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, overload

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import HandError, ModelError, PictureError
from digitpad.many import or_error, read_in_batches
from digitpad.models import catalogue
from digitpad.models.hand import Hand
from digitpad.models.model import Model
from digitpad.numbers.page import Box, Number, Page, misread
from digitpad.pictures.picture import opened
from digitpad.reading import Reading, may_be_several
from digitpad.seeing import NO_INK, Seen, page_ink_in, seen_in

if TYPE_CHECKING:
    from digitpad.glyphs.strokes import Stroke
    from digitpad.lesson import Lesson
    from digitpad.many import Sent
    from digitpad.models.inside import Inside
    from digitpad.models.why import Explanation
    from digitpad.pictures.picture import Picture

BATCH = 32  # pictures: enough to keep the network busy, few enough for its numbers to stay in the cache


class Recognizer:
    """Reads one digit from a picture.

    It can be pickled, for `multiprocessing.Pool.map(recognizer.read, files)` say: its model is then opened anew.

    Args:
        model: the model that reads, or its name, or the `Path` of its file or folder. Without one, the model
            in use: the one chosen by `digitpad.use` or `train.py --use`, else the shipped one.
        hand: how the person writes whose digits are read, or the `Path` of a file of that; nothing is known
            without one.

    Attributes:
        model: the model that reads.
        hand: what was taught; another one may take its place.
        notice: a sentence for the user where the chosen model is broken and the shipped one reads instead;
            else empty.

    Raises:
        ModelError: the model that was asked for is missing or broken.
        HandError: the file of the hand is.
    """

    def __init__(self, model: str | Path | Model | None = None, hand: Hand | Path | None = None) -> None:
        self.model: Model
        self.hand = Hand.open(hand) if isinstance(hand, Path) else Hand() if hand is None else hand
        self._taught: tuple[Hand, Model] | None = None  # who reads by which hand
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
        [reading] = self._read_seen([seen_in(picture)])
        return reading

    def read_one(self, picture: "Picture") -> Reading:
        """Read the digit in a picture, as `read` does, without a look whether it shows several."""
        [reading] = self._read_ones([seen_in(picture)], self._reader)
        return reading

    def read_again(self, readings: Sequence[Reading]) -> list[Reading]:
        """What was read, as it is read now that more was taught, or less; several digits stay as they are."""
        seen = [
            Seen(reading.glyph, NO_INK, reading.is_murky, reading.name, reading.note)
            for reading in readings
            if reading.digit is not None
        ]
        again = iter(self._read_ones(seen, self._reader) if seen else [])
        return [reading if reading.digit is None else next(again) for reading in readings]

    @overload
    def teach(self, picture: "Picture | Reading", digit: int | None) -> "Lesson": ...

    @overload
    def teach(self, picture: "Picture | Number | Page", digit: str) -> "list[Lesson]": ...

    def teach(self, picture: "Picture | Reading | Number | Page", digit: int | str | None) -> "Lesson | list[Lesson]":
        """Learn what a drawing is, for the hand: what is like it is read so from now on, by any model.

        Args:
            picture: as for `read`, or what was read in it.
            digit: what it is: 0 to 9, or None for no digit; of a number, or a page, all its digits as text, of which
                those are learned that were wrong or not sure.

        Returns:
            the lesson; of a number a list of them, which is empty where all was right.

        Raises:
            HandError: there is nothing on it, or no such digit, or the number has another count of digits; or the
                model has no embedding in which what is alike lies together.
            PictureError: see `read`.
        """
        if not self.can_learn:
            raise HandError(f"{self.model.name} can't learn a hand: it has no dense layer. Choose another model.")
        if isinstance(digit, str):
            if isinstance(picture, Reading):
                raise HandError(f"A reading is taught by its digit, 0 to 9 or None, not by {digit!r}.")
            known = picture if isinstance(picture, Number | Page) else self.read_numbers(picture)
            return [self.hand.teach(glyph, right) for glyph, right in misread(known, digit)]
        if isinstance(picture, Number | Page):
            raise HandError(f'A number is taught by its digits as text, such as "42", not by {digit!r}.')
        return self.hand.teach(picture.glyph if isinstance(picture, Reading) else seen_in(picture).glyph, digit)

    @property
    def can_learn(self) -> bool:
        """Whether the model is one that can read by a hand, as nearly all are."""
        from digitpad.models.memory import can_learn  # who only reads needs none

        return can_learn(self.model)

    def look_inside(self, picture: "Picture") -> "Inside":
        """What each layer of the network makes of a picture, and what it would say with a channel switched off.

        Args:
            picture: as for `read`; it is taken for one digit, as by `read_one`.

        Returns:
            the maps of all layers, with their kernels and the reading. Who looks at many glyphs one after another
            keeps a `Lens` open instead, as `self.model.lens()` gives it.

        Raises:
            PictureError: see `read`.
            ModelError: the model's file has changed since it was opened.
        """
        seen = seen_in(picture)
        return self.model.lens().look(seen.glyph, name=seen.name, note=seen.note, is_murky=seen.is_murky)

    def explain(
        self,
        picture: "Picture",
        digit: int | None = None,
        against: int | None = None,
        method: str = "occlusion",
    ) -> "Explanation":
        """Why a picture is read as it is: which ink speaks for a digit, and what would be read without a part of it.

        It explains the network: what was taught has no part in it.

        Args:
            picture: as for `read`; it is taken for one digit, as by `read_one`.
            digit: what is to be explained: 0 to 9, or `digitpad.NO_DIGIT`; None for what was read.
            against: rather than which other one; None for all else.
            method: "occlusion", which tries what the network would say without each piece (Zeiler and Fergus, 2014),
                or "integrated gradients", which sums up its slopes from paper to ink (Sundararajan et al., 2017).

        Raises:
            PictureError: see `read`.
            ValueError: there is no such digit or method, or both digits are the same.
            ModelError: the model can't tell that something is no digit, or is none that the method can explain.
        """
        from digitpad.models.why import explain  # who only reads needs none

        [reading] = self._read_ones([seen_in(picture)], self.model)
        return explain(self.model, reading, digit, against, method)

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
        return read_in_batches(pictures, workers, self._read_batch, BATCH)

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
        from digitpad.numbers.upright import read_page  # a digit alone is read without

        came = opened(picture)
        rows, others = read_page(page_ink_in(came), self._reader)
        page = Page(rows, others, came.size, came.name, came.note)
        return page.of_one_digit(self._read_seen([seen_in(came)])[0]) if page.is_one_digit else page

    def read_many_numbers(self, pictures: "Iterable[Sent]", workers: int = 1) -> "Iterator[Page | PictureError]":
        """Read the numbers in many pictures, such as the pages of a file; see `read_many`, also for its arguments.

        Yields:
            for each picture, in their order, its page; or in its place the error of one that can't be read.

        Raises:
            PictureError: what came is one picture, or nothing that holds pictures.
            ValueError: there can't be so many workers.
        """
        return read_in_batches(pictures, workers, self._read_pages, 1)

    def read_strokes(self, strokes: "Sequence[Stroke]") -> Page:
        """Read all the numbers in a drawing, whose strokes tell more than their picture.

        Args:
            strokes: as they were made, one after another, with what was erased.

        Returns:
            rows of numbers, with the places of their digits on the canvas and the strokes that made them, and of what
            is no digit.
        """
        from digitpad.numbers.strokes import read_strokes

        rows, others = read_strokes(strokes, self._reader)
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
        return read_box(page_ink_in(came), box, self._reader)

    def _read_pages(self, pictures: "Iterable[Sent]") -> "list[Page | PictureError]":
        """What comes of each page."""
        return [or_error(self.read_numbers, picture) for picture in pictures]

    def _read_batch(self, pictures: "Iterable[Sent]") -> "list[Reading | PictureError]":
        """What comes of each picture; of them there is only one at a time in memory."""
        seen = [or_error(seen_in, picture) for picture in pictures]
        fine = [item for item in seen if not isinstance(item, PictureError)]
        readings = iter(self._read_seen(fine) if fine else [])
        return [item if isinstance(item, PictureError) else next(readings) for item in seen]

    def _read_seen(self, seen: list[Seen]) -> list[Reading]:
        """The readings of what is seen; of several digits, that."""
        return [
            Reading.several(item.glyph, item.name, item.note) if self._are_several(reading, item.ink) else reading
            for reading, item in zip(self._read_ones(seen, self._reader), seen, strict=True)
        ]

    def _read_ones(self, seen: list[Seen], model: Model) -> list[Reading]:
        """The readings of what is seen, each as one digit or none."""
        probabilities = model.probabilities(np.stack([item.glyph for item in seen]))
        return [
            model.reading(item.glyph, shares, item.name, item.note, item.is_murky)
            for item, shares in zip(seen, probabilities, strict=True)
        ]

    def _are_several(self, reading: Reading, ink: NDArray[np.uint8]) -> bool:
        """Whether what was read as one digit, or none, is several; a network that knows no such thing can't tell."""
        if not ink.size or not self.model.tells_no_digit or reading.is_taught or not may_be_several(reading):
            return False
        from digitpad.numbers.several import shows_several  # a digit alone is read without

        return shows_several(ink, self._reader)

    @property
    def _reader(self) -> Model:
        """The model, which reads by the hand where something was taught."""
        if not len(self.hand) or not self.hand.is_on:
            return self.model
        if self._taught is None or self._taught[0] is not self.hand:
            from digitpad.models.taught import TaughtModel

            try:
                self._taught = self.hand, TaughtModel(self.model, self.hand)
            except ModelError:  # it can't learn: the hand waits for one that can
                self._taught = self.hand, self.model
        return self._taught[1]
