"""What came of pages of numbers: one table for all of them, as CSV and JSON, by the apps and the command alike."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitpad.errors import PictureError
from digitpad.numbers.page import Page
from digitpad.pad.checked import CheckedNumber, unchecked
from digitpad.pad.results import EMPTY, csv_line
from digitpad.pad.words import NO_NUMBERS, counted_numbers
from digitpad.reading import Verdict

PAGE_HEADINGS = ("Page", "Row", "Number", "Confidence", "Corrected")
NUMBERS_CSV, NUMBERS_JSON = "numbers.csv", "numbers.json"  # as they are saved, unless told otherwise
PAGES, NUMBERS, TO_LOOK_AT, FAILED = "pages", "numbers", "to look at", "failed"  # what is counted
NUMBER_COLUMNS = (
    *("file", "row", "place", "number", "verdict", "confidence", "read_as", "corrected"),
    *("left", "top", "right", "bottom", "error", "note"),
)


@dataclass(frozen=True, eq=False)
class PageResult:
    """What came of one page.

    Attributes:
        file: the path of its file, or the name it came with; of several pages also which: "scan.pdf, page 3".
        page: what was read in it; None where it can't be read.
        numbers: those on it, as a person may have corrected them, in the order in which one reads.
        error: why it can't be read, a sentence; else empty.
    """

    file: str
    page: Page | None
    numbers: Sequence[CheckedNumber] = ()
    error: str = ""

    @classmethod
    def of(cls, file: str, outcome: Page | PictureError) -> "PageResult":
        """The result of what the recognizer gave; the error's text alone, for an error keeps its picture alive."""
        if isinstance(outcome, PictureError):
            return cls(file, None, error=str(outcome))
        return cls(file, outcome, unchecked(outcome))

    @property
    def name(self) -> str:
        """The file, and which page of it, without the folders it lies in."""
        return Path(self.file).name or self.file

    @property
    def kind(self) -> Verdict | None:
        """Of all that is on it; None where it can't be read."""
        if self.page is None:
            return None
        if self.numbers:
            return Verdict.UNSURE if any(number.needs_a_look for number in self.numbers) else Verdict.DIGIT
        return Verdict.NOT_A_DIGIT if self.page.others else Verdict.EMPTY

    @property
    def rows(self) -> list[list[CheckedNumber]]:
        """Its numbers by rows, from top to bottom."""
        found: dict[int, list[CheckedNumber]] = {}
        for number in self.numbers:
            found.setdefault(number.row, []).append(number)
        return list(found.values())

    @property
    def text(self) -> str:
        """What is on it, numbers apart by a space, rows by a line."""
        return "\n".join(" ".join(number.text for number in row) for row in self.rows)

    @property
    def words(self) -> str:
        """What is to be said beside its numbers: that there are none, what was not read, or why nothing could be."""
        if self.page is None:
            return self.error.replace(self.file, self.name)
        said = {Verdict.EMPTY: EMPTY, Verdict.NOT_A_DIGIT: NO_NUMBERS}.get(self.kind or Verdict.DIGIT, "")
        return ". ".join(filter(None, (said, self.page.note)))

    @property
    def count(self) -> Counter[str]:
        """How many numbers it has, and how many of them need a look, to be summed up and told by `counted`."""
        if self.page is None:
            return Counter({FAILED: 1})
        doubtful = sum(number.needs_a_look for number in self.numbers)
        return Counter({PAGES: 1, NUMBERS: len(self.numbers), TO_LOOK_AT: doubtful})

    @property
    def table(self) -> list[dict[str, str | int | float | None]]:
        """Its rows of a table, one a number, by NUMBER_COLUMNS: None where there is nothing.

        A page without numbers has a row all the same, which says why.
        """
        error, note = self.error or None, (self.page.note if self.page else "") or None
        if not self.numbers:
            said = {"file": self.file, "verdict": self.kind and str(self.kind), "error": error, "note": note}
            return [dict.fromkeys(NUMBER_COLUMNS) | said]
        rows = []
        for number in self.numbers:
            where = self.file, number.row, number.place
            read = str(number.verdict), round(number.confidence, 4), number.read_as
            cells = *where, number.text, *read, number.corrected, *number.box, error, note
            rows.append(dict(zip(NUMBER_COLUMNS, cells, strict=True)))
        return rows

    def to_dict(self) -> dict[str, Any]:
        """What came of it as `json.dumps` takes it."""
        page = self.page
        return {
            "file": self.file,
            "text": self.text if page else None,
            "verdict": str(self.kind) if self.kind else None,
            "size": list(page.size) if page else None,
            "rows": [[number.to_dict() for number in row] for row in self.rows],
            "others": [list(box) for box in page.others] if page else [],
            "error": self.error or None,
            "note": (page.note if page else "") or None,
        }


def tally(results: Iterable[PageResult]) -> str:
    """How many pages and numbers there are, how many of these need a look, and how many pages could not be read."""
    return counted(sum((result.count for result in results), Counter()))


def counted(count: Counter[str]) -> str:
    """The same of results whose counts were summed up."""
    pages = f"{count[PAGES]} page{'' if count[PAGES] == 1 else 's'}"
    told = f"{pages}, {counted_numbers(count[NUMBERS], count[TO_LOOK_AT])}"
    return f"{told}, {count[FAILED]} could not be read" if count[FAILED] else told


def numbers_csv(results: Iterable[PageResult]) -> bytes:
    """The numbers of pages as one CSV file in UTF-8, a row each."""
    return b"".join(numbers_csv_lines(results))


def numbers_csv_lines(results: Iterable[PageResult]) -> Iterator[bytes]:
    """The lines of the CSV file, those of each page as soon as there is its result."""
    yield csv_line(NUMBER_COLUMNS)
    for result in results:
        yield from (csv_line(row.values()) for row in result.table)


def numbers_json(results: Iterable[PageResult]) -> bytes:
    """Pages with their numbers as one JSON file: a list, in which each page has a line."""
    lines = ",\n".join(json.dumps(result.to_dict()) for result in results)
    return f"[{lines}]\n".encode()
