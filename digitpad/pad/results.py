"""What came of many pictures: the rows of the apps' tables, in the same words in both, and their CSV file."""

import csv
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from digitpad.errors import PictureError
from digitpad.pad.words import headline, percent, sentence
from digitpad.reading import Reading, Verdict

HEADINGS = ("Seen", "File", "Digit", "In words", "Confidence")
ALL, DOUBTFUL = "all", "doubtful"  # which of many are shown
WHICH_ARE_SHOWN = "Which are shown"
WHAT_IS_DOUBTFUL = "What needs a look is unsure, not a digit, several digits, empty, or could not be read"
CSV_FILE = "digits.csv"  # as it is saved, unless told otherwise
EMPTY = "Nothing is drawn on it"  # the apps' own words for it ask the person to draw
COLUMNS = ("file", "digit", "verdict", "confidence", "likeliest", "error", "note")
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
    """

    file: str
    reading: Reading | None
    error: str = ""

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
        return headline(self.reading) if self.reading else ""

    @property
    def read_as(self) -> int | None:
        """The digit that it was read as, also where that is unsure; None where it is none."""
        return self.reading.digit if self.reading and self._has_digit else None

    @property
    def words(self) -> str:
        """What was read as a person would put it, or why nothing could be."""
        if self.reading is None:
            # The folders are told elsewhere; here they leave no room for what is wrong.
            return self.error.replace(self.file, self.name)
        said = EMPTY if self.reading.verdict is Verdict.EMPTY else sentence(self.reading)
        return f"{said}. {self.reading.note}" if self.reading.note else said

    @property
    def confidence(self) -> str:
        """How sure the network is of the digit; empty where no digit is shown."""
        return percent(self.reading.confidence) if self.reading and self._has_digit else ""

    @property
    def kind(self) -> Verdict | None:
        """The verdict; None where it can't be read."""
        return self.reading.verdict if self.reading else None

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look at it: it is unsure, no digit, several, empty, or could not be read."""
        return self.kind is not Verdict.DIGIT

    @property
    def row(self) -> dict[str, str | int | float | None]:
        """What came of it for programs, by COLUMNS: None where there is nothing.

        What is no digit has none, which a program would take for one, but its `likeliest` all the same; the
        confidence, 0 to 1, is how probable it is that the picture shows the likeliest.
        """
        reading = self.reading
        likeliest = reading.digit if reading else None
        return {
            "file": self.file,
            "digit": self.read_as,
            "verdict": str(reading.verdict) if reading else None,
            "confidence": None if reading is None or likeliest is None else round(reading.confidence, 4),
            "likeliest": likeliest,
            "error": self.error or None,
            "note": (reading.note if reading else "") or None,
        }

    @property
    def _has_digit(self) -> bool:
        return self.reading is not None and self.reading.verdict in (Verdict.DIGIT, Verdict.UNSURE)


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
