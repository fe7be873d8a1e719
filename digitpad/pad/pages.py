"""A page of numbers that a person looks over and corrects, without a screen.

Both apps use it in the same way:

    for picture in digitpad.pages("scan.pdf"):     # of a PDF, a TIFF or a picture; opened one by one, when read
        page = CheckedPage.read(picture, recognizer)   # or whatever `Recognizer.read_numbers` takes; takes a while

    page.name, page.size                           # width and height of the picture: boxes are in these pixels
    page.image                                     # bytes of a JPEG or PNG to show; smaller than `size` if large
    page.told                                      # "12 numbers, 3 to look at"

    for number in page.numbers:                    # in the order in which one reads; CheckedNumber
        number.id, number.row, number.place        # the id stays the same whatever is done; row and place from 1
        number.box, number.shown, number.sureness  # (left, top, right, bottom), "4017" or "4017?", "98.2 %"
        number.needs_a_look, number.corrected      # stands out; the person's word or None
        number.digits, number.least_sure           # each with box and Reading; which of them to look at first

    page.by_doubt                                  # the most doubtful first, those with a person's word last
    page.to_look_at                                # how many still need a look

    page.correct(id, "4011")                       # a person's word; raises CorrectionError with a sentence
    page.change_digit(id, 2, "1")                  # one digit of it: one tap and a key
    page.accept(id)                                # it is right as it was read
    page.move(id, box)                             # reads what is in the box anew; takes up to a quarter of a second
    id = page.add(box)                             # a box where a number was missed; read too
    page.remove(id)
    page.undo(), page.redo()                       # with can_undo, can_redo

    page.hands = pad.hands                         # corrections teach the hand from then on; undone, that is undone

    results = [page.result, PageResult.of(name, error)]   # page_results.py; the second is of one that failed
    numbers_csv(results), numbers_json(results)    # bytes: one table for many pages
    tally(results)                                 # "3 pages, 36 numbers, 4 to look at, 1 could not be read"

All that can be wrong raises a DigitpadError whose text is for the person. Nothing is changed then.
"""

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from digitpad.errors import CorrectionError
from digitpad.lesson import Lesson
from digitpad.numbers.page import Box, Number, Page
from digitpad.pad.checked import CheckedNumber, unchecked
from digitpad.pad.correcting import learns
from digitpad.pad.hands import Hands
from digitpad.pad.page_results import PageResult
from digitpad.pad.placing import Numbers, common, placed, without
from digitpad.pad.undoing import Undoing
from digitpad.pad.words import counted_numbers
from digitpad.pictures.arrays import Opened
from digitpad.pictures.picture import opened
from digitpad.reading import Reading, Verdict
from digitpad.recognizer import Recognizer

if TYPE_CHECKING:
    from digitpad.pictures.picture import Picture

SHOWN_SIDE = 1600  # pixels of the longer side of the picture that is kept: as many as numbers are read at
QUALITY = 90  # of a JPEG
TWO = 2  # digits that one may seem to be: an 8 of a marker, two zeros


class CheckedPage(Undoing[Numbers]):
    """A page that a person looks over.

    Args:
        page: what was read in the picture.
        picture: the picture, opened.
        recognizer: reads the boxes that a person moves or draws.

    Attributes:
        hands: what learns from a person's corrections, if `learns` says so; None: nothing does.
        page: what was read at first, whatever was done since.
        name: the path of its file, or what that calls itself; of several pages also which.
        size: width and height of the picture, in pixels.
        image: the picture, made smaller where it is large, as the bytes of a JPEG or PNG file.
        numbers: those on the page, in the order in which one reads.
    """

    def __init__(self, page: Page, picture: Opened, recognizer: Recognizer) -> None:
        super().__init__()
        self.hands: Hands | None = None
        self.page = page
        self.name = page.name
        self.size = page.size
        self.image = _small_file(picture)
        self.numbers: Numbers = unchecked(page)
        self._recognizer = recognizer
        self._next_id = len(self.numbers)

    @classmethod
    def read(cls, picture: "Picture", recognizer: Recognizer) -> "CheckedPage":
        """Read the numbers in a picture, to look them over.

        Raises:
            PictureError: see `Recognizer.read_numbers`.
        """
        came = opened(picture)
        return cls(recognizer.read_numbers(came), came, recognizer)

    @property
    def result(self) -> PageResult:
        """What is known of it, for the table of many pages."""
        return PageResult(self.name, self.page, self.numbers)

    @property
    def by_doubt(self) -> list[CheckedNumber]:
        """The numbers, the most doubtful first; those with a person's word, which are in no doubt, last."""
        return sorted(
            self.numbers,
            key=lambda number: (number.corrected is not None, not number.needs_a_look, number.confidence),
        )

    @property
    def to_look_at(self) -> int:
        """How many of them are in doubt, and nobody has said what they are."""
        return sum(number.needs_a_look for number in self.numbers)

    @property
    def told(self) -> str:
        """How many numbers there are, and how many of them need a look."""
        return counted_numbers(len(self.numbers), self.to_look_at)

    def number(self, id: int) -> CheckedNumber:
        """The number with an id.

        Raises:
            CorrectionError: it is not on the page any more.
        """
        for number in self.numbers:
            if number.id == id:
                return number
        raise CorrectionError("This number is not on the page any more. Undo brings back what was removed.")

    def correct(self, id: int, text: str) -> None:
        """Say what a number is: digits, with a point or comma where there is one.

        Raises:
            CorrectionError: that is no number.
        """
        self._change(self.number(id).with_text(text))

    def accept(self, id: int) -> None:
        """Say that a number is what it was read as, or what was said of it before.

        Raises:
            CorrectionError: nothing was read there.
        """
        number = self.number(id)
        if not number.text:
            raise CorrectionError("Nothing was read here. Type the number, or remove the box.")
        self._change(number.with_text(number.text))

    def change_digit(self, id: int, which: int, digit: str) -> None:
        """Say what one digit of a number is, counted from 0 at the left; the rest of it is then taken for right.

        Raises:
            CorrectionError: that is no digit, or the number has not so many.
        """
        self._change(self.number(id).with_digit(which, digit))

    def move(self, id: int, box: Box) -> None:
        """Put the box of a number elsewhere, or make it larger or smaller, and read anew what is in it.

        What a person has said of it stays, unless the box has nothing in common with the one before.

        Raises:
            PictureError: nothing of the picture is in the box.
        """
        number = self.number(id)
        box = self._on_picture(box)
        if box == number.box:
            return
        read = self._read(box)
        is_the_same = all(common(number.box, box, axis) > 0 for axis in (0, 1))
        corrected, lessons = (number.corrected, number.lessons) if is_the_same else (None, ())
        moved = replace(number, box=box, number=read, corrected=corrected, by_hand=True, lessons=lessons)
        self._become(placed(without(self.numbers, number), moved))

    def add(self, box: Box) -> int:
        """Draw a box around a number that was missed, and read it.

        Returns:
            the id of the number, which has no text where nothing was read.

        Raises:
            PictureError: nothing of the picture is in the box.
        """
        box = self._on_picture(box)
        added = CheckedNumber(self._next_id, 0, 0, box, self._read(box), by_hand=True)
        self._next_id += 1
        self._become(placed(self.numbers, added))
        return added.id

    def remove(self, id: int) -> None:
        """Take a number off the page: there is none in its box."""
        self._become(without(self.numbers, self.number(id)))

    def undo(self) -> None:
        """Take back the last change, if there is one."""
        self._show(self._back(self.numbers))

    def redo(self) -> None:
        """Bring again what was taken back, if anything was."""
        self._show(self._forth(self.numbers))

    def _change(self, changed: CheckedNumber) -> None:
        if changed.corrected != self.number(changed.id).corrected:
            changed = replace(changed, lessons=changed.to_learn if learns(self.hands, self._recognizer) else ())
            self._become(tuple(changed if number.id == changed.id else number for number in self.numbers))

    def _become(self, numbers: Numbers) -> None:
        self._changed(self.numbers)
        self._show(numbers)

    def _show(self, numbers: Numbers) -> None:
        """Have other numbers, and learn what they teach; what those before taught is undone."""
        before, now = ([lesson for number in each for lesson in number.lessons] for each in (self.numbers, numbers))
        self.numbers = numbers
        came, went = (
            [each for each in some if each not in others] for some, others in ((now, before), (before, now))
        )
        if self.hands and went:
            self.hands.take_back(*went)
        if self.hands and came:
            self.hands.teach(*came)

    def _on_picture(self, box: Box) -> Box:
        """A box as a mouse may draw it, from any corner and beyond the picture's edge, with its corners in order."""
        (left, right), (top, bottom) = sorted(box[::2]), sorted(box[1::2])
        width, height = self.size
        if left >= width or top >= height or right <= 0 or bottom <= 0:
            return left, top, right, bottom  # the recognizer has a sentence for it
        return max(left, 0), max(top, 0), min(right, width), min(bottom, height)

    def _read(self, box: Box) -> Number | None:
        with Image.open(io.BytesIO(self.image)) as image:
            picture = Opened(np.asarray(image), whole=self.size)
        return self._recognizer.read_number(picture, box)


def _lessons_of(numbers: Numbers) -> tuple[Lesson, ...]:
    return tuple(lesson for number in numbers for lesson in number.lessons)


def page_or_reading(picture: "Picture", recognizer: Recognizer) -> CheckedPage | Reading:
    """What a picture shows, which nobody has to say: several digits, to look over as a page; else at most one.

    Raises:
        PictureError: see `Recognizer.read`.
    """
    came = opened(picture)
    reading = recognizer.read_one(came)
    if reading.verdict is Verdict.EMPTY:
        return reading
    page = recognizer.read_numbers(came)
    # A page full of digits, made as small as a glyph, may look like a 1, but two are never taken for one for sure. A
    # sign may be cut into two that nobody would take for digits.
    is_sure = any(number.verdict is Verdict.DIGIT for number in page.numbers)
    may_be_two = is_sure and reading.verdict is not Verdict.DIGIT
    are_several = page.count_of_digits > (1 if may_be_two else TWO)
    return CheckedPage(page, came, recognizer) if are_several else reading


def _small_file(picture: Opened) -> bytes:
    """A picture as it is kept: small enough for a hundred of them."""
    image = Image.fromarray(picture.array)
    image.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    content = io.BytesIO()
    image.save(content, "PNG" if image.mode == "RGBA" else "JPEG", quality=QUALITY)
    return content.getvalue()
