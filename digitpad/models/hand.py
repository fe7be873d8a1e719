"""A hand: how one person writes, as learned from their corrections."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import HandError
from digitpad.files import write_whole
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.lesson import Lesson, now

SUFFIX = ".hand"
FORMAT = "digitpad hand 1"  # what such a file calls itself
MOST = 1_000  # lessons of a hand: with more the oldest are forgotten
LONGEST_NAME = 60  # letters
LARGEST = 4_000_000  # bytes in a file, packed or not; those of MOST lessons are 0.8 million
NONE = -1  # in a file, for what is no digit


class Hand:
    """How one person writes: lessons, each a glyph and what it is.

    A network reads otherwise by them at once, without being trained; see `TaughtModel`. A hand knows no network: a
    newer one learns the same lessons anew. What was taught twice is in it once.

    Args:
        name: whose it is.
        lessons: in the order in which they were taught.

    Attributes:
        name: whose it is.
        is_on: whether it is read by.
    """

    def __init__(self, name: str = "", lessons: Iterable[Lesson] = ()) -> None:
        self.name = name
        self.is_on = True
        self._lessons: dict[Lesson, None] = {}  # a set that keeps their order
        self._lock = threading.Lock()
        self.add(lessons)

    def __reduce__(self) -> tuple[object, ...]:
        return _anew, (self.name, self.lessons, self.is_on)

    def __len__(self) -> int:
        return len(self._lessons)

    def __iter__(self) -> Iterator[Lesson]:
        return iter(self.lessons)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """What was learned, the oldest first."""
        with self._lock:
            return tuple(self._lessons)

    def teach(self, glyph: NDArray[np.uint8], digit: int | None, at: datetime | None = None) -> Lesson:
        """Learn what a glyph is.

        Args:
            glyph: uint8 (28, 28), ink 255 on 0.
            digit: 0 to 9; None: that is no digit.
            at: when that was said; now, if not given.

        Raises:
            HandError: there is no such digit, or nothing on the glyph, or it is none.
        """
        is_digit = digit is None or (not isinstance(digit, bool) and digit in range(10))
        if not is_digit:
            raise HandError(f"{digit!r} can't be taught: expected is a digit from 0 to 9, or None for no digit.")
        if glyph.shape != (GLYPH_SIDE, GLYPH_SIDE) or glyph.dtype != np.uint8 or not glyph.any():
            raise HandError("There is nothing on it that could be learned. Draw something first.")
        # A copy: who made the glyph may go on drawing on it.
        lesson = Lesson(glyph.copy(), None if digit is None else int(digit), at or now())
        self._put([lesson])
        return lesson

    def add(self, lessons: Iterable[Lesson]) -> int:
        """Learn what another hand has learned, and say how much of it is new."""
        known = set(self.lessons)
        fresh = [lesson for lesson in lessons if lesson not in known]
        self._put(fresh)
        return len(fresh)

    def forget(self, lesson: Lesson) -> None:
        """Forget a lesson; nothing happens where it is not known."""
        with self._lock:
            self._lessons.pop(lesson, None)

    def forget_all(self) -> None:
        """Forget all that was learned."""
        with self._lock:
            self._lessons.clear()

    @classmethod
    def open(cls, path: Path) -> "Hand":
        """The hand in a file that `save` wrote.

        Raises:
            HandError: the file can't be read, or is none of a hand.
        """
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise HandError(f"The hand {path} can't be read: {error.strerror}.") from error
        except ValueError as error:  # what Python says of a path that no system takes
            raise HandError(f"The hand {path} can't be read: {error}.") from error
        try:
            return cls.from_bytes(content)
        except HandError as error:
            raise HandError(f"{path}: {error}") from error

    @classmethod
    def from_bytes(cls, content: bytes) -> "Hand":
        """The hand in what such a file holds.

        Raises:
            HandError: it is something else, or damaged.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                # Nothing is unpacked that says it is larger than a hand can be.
                if len(content) > LARGEST or sum(part.file_size for part in packed.infolist()) > LARGEST:
                    raise HandError("This is larger than a hand can be. Choose a file that digitpad saved.")
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                if str(file["format"]) != FORMAT:
                    raise HandError("A newer digitpad wrote this hand. Install that one to open it.")
                name, glyphs, digits, times = (file[part] for part in ("name", "glyphs", "digits", "times"))
            return cls(_name(name), _lessons(glyphs, digits, times))
        except HandError:
            raise
        except Exception as error:  # a hostile file makes NumPy and zipfile raise almost anything
            raise HandError("This is no hand, or a damaged one. Choose a file that digitpad saved.") from error

    def to_bytes(self) -> bytes:
        """What a file of this hand holds: a compressed archive of NumPy's, 300 bytes or so for each lesson."""
        lessons = self.lessons
        file = io.BytesIO()
        np.savez_compressed(
            file,
            format=np.array(FORMAT),
            name=np.array(self.name),
            glyphs=np.array([lesson.glyph for lesson in lessons], np.uint8).reshape(-1, GLYPH_SIDE, GLYPH_SIDE),
            digits=np.array([NONE if lesson.digit is None else lesson.digit for lesson in lessons], np.int8),
            times=np.array([int(lesson.at.timestamp()) for lesson in lessons], np.int64),
        )
        return file.getvalue()

    @property
    def sha256(self) -> str:
        """A hash of what was taught, whenever and in whatever order that was."""
        each = sorted(f"{lesson.digit}".encode() + lesson.glyph.tobytes() for lesson in self.lessons)
        return hashlib.sha256(b"".join(each)).hexdigest()

    def save(self, path: Path) -> None:
        """Write it to a file, whole or not at all.

        Raises:
            HandError: that can't be written.
        """
        try:
            write_whole(path, self.to_bytes())
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise HandError(f"The hand can't be written to {path}: {reason}.") from error

    def _put(self, lessons: Iterable[Lesson]) -> None:
        with self._lock:
            for lesson in lessons:
                self._lessons.pop(lesson, None)
                self._lessons[lesson] = None
            for oldest in list(self._lessons)[: max(0, len(self._lessons) - MOST)]:
                del self._lessons[oldest]


def _anew(name: str, lessons: tuple[Lesson, ...], is_on: bool) -> Hand:
    hand = Hand(name, lessons)
    hand.is_on = is_on
    return hand


def _name(stored: NDArray[np.str_]) -> str:
    name = "".join(sign for sign in str(stored) if sign.isprintable()).strip()
    return name[:LONGEST_NAME]


def _lessons(glyphs: NDArray[np.uint8], digits: NDArray[np.int8], times: NDArray[np.int64]) -> list[Lesson]:
    """The lessons in a file's arrays; what can't be one is an error, of whatever kind."""
    count = len(glyphs)
    kinds = [str(array.dtype) for array in (glyphs, digits, times)]
    fits = glyphs.shape == (count, GLYPH_SIDE, GLYPH_SIDE) and digits.shape == times.shape == (count,)
    if not fits or kinds != ["uint8", "int8", "int64"] or not set(digits.tolist()) <= {NONE, *range(10)}:
        raise ValueError("these are no lessons")
    return [
        Lesson(glyph, None if digit == NONE else digit, datetime.fromtimestamp(time, UTC))
        for glyph, digit, time in zip(glyphs, digits.tolist(), times.tolist(), strict=True)
        if glyph.any()
    ]
