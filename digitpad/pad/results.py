"""What came of many pictures: the rows of the apps' tables, in the same words in both, and their CSV file."""

import csv
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from digitpad.errors import PictureError
from digitpad.lesson import Lesson
from digitpad.pad.correcting import ONE, is_right, learns
from digitpad.pad.words import choice_name, headline, one_or_none, percent, sentence
from digitpad.reading import Reading, Verdict

if TYPE_CHECKING:  # SQLite is not loaded for a table
    from digitpad.pad.hands import Hands
    from digitpad.recognizer import Recognizer

HEADINGS = ("Seen", "File", "Digit", "In words", "Confidence")
ALL, DOUBTFUL = "all", "doubtful"  # which of many are shown
WHICH_ARE_SHOWN = "Which are shown"
WHAT_IS_DOUBTFUL = "What needs a look is unsure, not a digit, several digits, empty, or could not be read"
CSV_FILE = "digits.csv"  # as it is saved, unless told otherwise
EMPTY = "Nothing is drawn on it"  # the apps' own words for it ask the person to draw
COLUMNS = ("file", "digit", "verdict", "confidence", "likeliest", "corrected", "error", "note")
# A spreadsheet takes a cell that begins so for a formula, which may fetch or send something; the last four are the
# wide forms of the first four, which some take for the same.
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Seconds of pictures that are read at once: many small ones, which is faster than one by one, or a single large one.
MOMENT = 0.1

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Result:
    """What came of one file.

    Attributes:
        file: its path, or that of a folder that can't be opened; of a file that was sent, the name it came with.
        reading: what was read in it; None where it can't be read.
        error: why not, a sentence; else empty.
        is_corrected: whether a person said what it is.
        correction: the digit that they said it is; None for no digit.
        lesson: what was learned from that.
    """

    file: str
    reading: Reading | None
    error: str = ""
    is_corrected: bool = False
    correction: int | None = None
    lesson: Lesson | None = None

    @classmethod
    def of(cls, file: str, outcome: Reading | PictureError) -> "Result":
        """The result of what the recognizer gave; the error's text alone, for an error keeps its picture alive."""
        return cls(file, None, str(outcome)) if isinstance(outcome, PictureError) else cls(file, outcome)

    @property
    def name(self) -> str:
        """The file without the folders it lies in."""
        return Path(self.file).name or self.file

    @property
    def digit(self) -> str:
        """What is shown large, as "1?" where it is unsure; empty where there is nothing."""
        if self.is_corrected:
            return "–" if self.correction is None else str(self.correction)
        return headline(self.reading) if self.reading else ""

    @property
    def read_as(self) -> int | None:
        """The digit that it was read as, also where that is unsure, or a person said it is; None where it is none."""
        if self.is_corrected:
            return self.correction
        return self.reading.digit if self.reading and self._has_digit else None

    @property
    def words(self) -> str:
        """What was read as a person would put it, or why nothing could be."""
        if self.reading is None:
            # The folders are told elsewhere; here they leave no room for what is wrong.
            return self.error.replace(self.file, self.name)
        if self.is_corrected:
            return f"You said: {one_or_none(self.correction)}. It was read as {headline(self.reading)}"
        said = EMPTY if self.reading.verdict is Verdict.EMPTY else sentence(self.reading)
        return f"{said}. {self.reading.note}" if self.reading.note else said

    @property
    def confidence(self) -> str:
        """How sure the network is of the digit; empty where no digit is shown."""
        return percent(self.reading.confidence) if self.reading and self._has_digit and not self.is_corrected else ""

    @property
    def kind(self) -> Verdict | None:
        """The verdict, a person's where they have said one; None where it can't be read."""
        if self.is_corrected:
            return Verdict.NOT_A_DIGIT if self.correction is None else Verdict.DIGIT
        return self.reading.verdict if self.reading else None

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look at it: it is unsure, no digit, several, empty, or could not be read."""
        return self.kind is not Verdict.DIGIT and not self.is_corrected

    @property
    def can_be_corrected(self) -> bool:
        """Whether a person may say what it is: it shows one thing."""
        return self.reading is not None and self.reading.verdict in ONE

    @property
    def row(self) -> dict[str, str | int | float | None]:
        """What came of it for programs, by COLUMNS: None where there is nothing.

        What is no digit has none, which a program would take for one, but its `likeliest` all the same; the
        confidence, 0 to 1, is how probable it is that the picture shows the likeliest. Verdict, confidence and
        likeliest are the recognizer's, whatever a person says.
        """
        reading = self.reading
        likeliest = reading.digit if reading else None
        return {
            "file": self.file,
            "digit": self.read_as,
            "verdict": str(reading.verdict) if reading else None,
            "confidence": None if reading is None or likeliest is None else round(reading.confidence, 4),
            "likeliest": likeliest,
            "corrected": choice_name(self.correction) if self.is_corrected else None,
            "error": self.error or None,
            "note": (reading.note if reading else "") or None,
        }

    @property
    def _has_digit(self) -> bool:
        return self.reading is not None and self.reading.verdict in (Verdict.DIGIT, Verdict.UNSURE)


def correct(result: Result, digit: int | None, hands: "Hands", recognizer: "Recognizer") -> Result:
    """A result as a person says it is; what was read wrongly, or not for sure, is learned if `hands.learns` says so.

    Args:
        result: what came of a picture, also one that was corrected before; as it is where it can't be corrected.
        digit: what it is; None for no digit.
        hands: what learns.
        recognizer: who read it.
    """
    result = as_read(result, hands)
    if result.reading is None or not result.can_be_corrected:
        return result
    is_known = is_right(digit, result.reading.verdict, result.reading.digit)
    lesson = Lesson(result.reading.glyph, digit) if learns(hands, recognizer) and not is_known else None
    if lesson:
        hands.teach(lesson)
    return replace(result, is_corrected=True, correction=digit, lesson=lesson)


def as_read(result: Result, hands: "Hands") -> Result:
    """A result without a person's word; what was learned from that is undone."""
    if result.lesson:
        hands.take_back(result.lesson)
    return replace(result, is_corrected=False, correction=None, lesson=None)


def read_again(results: Sequence[Result], recognizer: "Recognizer") -> list[Result]:
    """Results as they are read now that something was taught, or a lesson undone.

    Read again is what nobody corrected, and is in doubt or was made what it is by a lesson; the others, and what is
    read as before, are the same objects.
    """
    places = [
        place
        for place, result in enumerate(results)
        if result.reading and not result.is_corrected and (result.needs_a_look or result.reading.is_taught)
    ]
    now = list(results)
    readings = [reading for place in places if (reading := results[place].reading)]
    for place, before, reading in zip(places, readings, recognizer.read_again(readings), strict=True):
        if reading != before:
            now[place] = replace(results[place], reading=reading)
    return now


def for_a_moment(items: Iterable[T], is_over: Callable[[], bool] = lambda: False) -> Iterator[T]:
    """The first of the items: one at least, and as many as are asked for within MOMENT.

    Args:
        items: what is taken from.
        is_over: asked after each, whether it is to be the last all the same.
    """
    until = time.monotonic() + MOMENT
    for item in items:
        yield item
        if time.monotonic() > until or is_over():
            return


def belongs(result: Result, which: str) -> bool:
    """Whether a result is among those that are shown.

    Args:
        result: what came of a picture.
        which: ALL, DOUBTFUL, or a digit, which it must have been read as.
    """
    return which == ALL or (result.needs_a_look if which == DOUBTFUL else str(result.read_as) == which)


def offered(count: Mapping[str, int]) -> dict[str, str]:
    """What ALL and DOUBTFUL are called where one chooses between them.

    Args:
        count: how many results belong to each.
    """
    return {ALL: f"All {count[ALL]}", DOUBTFUL: f"Needs a look: {count[DOUBTFUL]}"}


def stopped(done: int, total: int, told: str) -> str:
    """The tally of a reading that was stopped before its end.

    Args:
        done: how many were read.
        total: of how many.
        told: the tally of those.
    """
    return f"Stopped after {done} of {total}: {told}"


def tally(results: Iterable[Result]) -> str:
    """How many show digits, and of how many that is unsure; how many several, none, or nothing; which failed."""
    return counted(Counter(result.kind for result in results))


def counted(count: Counter[Verdict | None]) -> str:
    """The same of results that were counted by their kinds."""
    digits, unsure, none = (
        count[Verdict.DIGIT] + count[Verdict.UNSURE],
        count[Verdict.UNSURE],
        count[Verdict.NOT_A_DIGIT],
    )
    told = [f"{digits} {_digits(digits)}" + (f" ({unsure} unsure)" if unsure else "")]
    if count[Verdict.SEVERAL]:
        told.append(f"{count[Verdict.SEVERAL]} with several digits")
    if none:
        told.append(f"{none} not {'a digit' if none == 1 else 'digits'}")
    if count[Verdict.EMPTY]:
        told.append(f"{count[Verdict.EMPTY]} empty")
    if count[None]:
        told.append(f"{count[None]} could not be read")
    return ", ".join(told)


def to_csv(results: Iterable[Result]) -> bytes:
    """The results as a CSV file in UTF-8: of each its `row`, a digit that is unsure as "1?", as it is shown."""
    return b"".join(csv_lines(results))


def csv_lines(results: Iterable[Result]) -> Iterator[bytes]:
    """The lines of the CSV file, each as soon as there is its result."""
    yield csv_line(COLUMNS)
    for result in results:
        row = result.row
        if result.kind is Verdict.UNSURE:
            row["digit"] = result.digit
        yield csv_line(row.values())


def csv_line(cells: Iterable[object]) -> bytes:
    """A line of a CSV file in UTF-8; what a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(_as_text(cell) if isinstance(cell, str) else cell for cell in cells)
    # A file's name may hold bytes that are no text in any encoding.
    return text.getvalue().encode(errors="backslashreplace")


def _digits(count: int) -> str:
    return "digit" if count == 1 else "digits"


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell
