"""What came of many pictures: the rows of the apps' tables, in the same words in both, and their CSV file."""

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from digitpad.errors import PictureError
from digitpad.pad.words import headline, percent, sentence
from digitpad.reading import Reading, Verdict

HEADINGS = ("Seen", "File", "Digit", "In words", "Confidence")
EMPTY = "Nothing is drawn on it"  # the apps' own words for it ask the person to draw
CSV_COLUMNS = ("file", "digit", "verdict", "confidence", "error")
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
        """The one sign that is shown large; empty where there is none."""
        return headline(self.reading) if self.reading else ""

    @property
    def words(self) -> str:
        """What was read as a person would put it, or why nothing could be."""
        if self.reading is None:
            # The folders are told elsewhere; here they leave no room for what is wrong.
            return self.error.replace(self.file, self.name)
        return EMPTY if self.reading.verdict is Verdict.EMPTY else sentence(self.reading)

    @property
    def confidence(self) -> str:
        """How sure the network is of the digit; empty where no digit is shown."""
        has_digit = self.reading is not None and self.reading.verdict in (Verdict.DIGIT, Verdict.UNSURE)
        return percent(self.reading.confidence) if self.reading and has_digit else ""


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


def tally(results: Sequence[Result]) -> str:
    """In how many something was read, how many are empty, and how many could not be read."""
    empty = sum(result.reading is not None and result.reading.verdict is Verdict.EMPTY for result in results)
    failed = sum(result.reading is None for result in results)
    told = [f"{len(results) - empty - failed} read"]
    if empty:
        told.append(f"{empty} empty")
    if failed:
        told.append(f"{failed} could not be read")
    return ", ".join(told)


def to_csv(results: Iterable[Result]) -> bytes:
    """The results as a CSV file in UTF-8: of each its digit whatever the verdict, and its confidence from 0 to 1.

    A file's name that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(CSV_COLUMNS)
    for result in results:
        table.writerow([_as_text(result.file), *_facts(result.reading), _as_text(result.error)])
    # A file's name may hold bytes that are no text in any encoding.
    return text.getvalue().encode(errors="backslashreplace")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell


def _facts(reading: Reading | None) -> tuple[object, ...]:
    if reading is None:
        return ("", "", "")
    if reading.verdict is Verdict.EMPTY:
        return ("", reading.verdict, "")
    return (reading.digit, reading.verdict, f"{reading.confidence:.4f}")
