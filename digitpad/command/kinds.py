"""What `digitpad read` shows, and how: the digit in each picture, or the numbers on each page."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from digitpad import Verdict
from digitpad.pad import page_results, results
from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result
from digitpad.pad.words import percent

_, FILE, DIGIT, WORDS, CONFIDENCE = results.HEADINGS
_, ROW, NUMBER, _, _ = page_results.PAGE_HEADINGS
STYLES = {
    None: "red",
    Verdict.NOT_A_DIGIT: "dim",
    Verdict.EMPTY: "dim",
    Verdict.UNSURE: "yellow",
    Verdict.SEVERAL: "yellow",
}

T = TypeVar("T", bound=Result | PageResult)
K = TypeVar("K")


class Line(NamedTuple):
    """A line of the table, without the file.

    Attributes:
        mark: the digit, or which row of the page it is.
        confidence: that all of it is right; empty where nothing was read.
        words: what was read, or what there is to say.
        kind: what it was taken for.
    """

    mark: str
    confidence: str
    words: str
    kind: Verdict | None


@dataclass(frozen=True)
class Kind(Generic[T, K]):
    """What is read of a picture, and how it is shown.

    Attributes:
        of: makes the result of a file's name and what the recognizer gave.
        headings: of the file, the mark, the confidence and the words.
        lines: those of a result.
        row: the result for JSON.
        csv_lines: the results for CSV, after a first line with the columns.
        count: what a result adds to the tally.
        told: the tally.
        failed: what is counted of a picture that could not be read.
    """

    of: Callable[[str, Any], T]
    headings: tuple[str, str, str, str]
    lines: Callable[[T], list[Line]]
    row: Callable[[T], Mapping[str, Any]]
    csv_lines: Callable[[Iterable[T]], Iterator[bytes]]
    count: Callable[[T], Counter[K]]
    told: Callable[[Counter[K]], str]
    failed: K


def _digit(result: Result) -> list[Line]:
    return [Line(result.digit, result.confidence, result.words, result.kind)]


def _numbers(result: PageResult) -> list[Line]:
    lines = [
        Line(
            str(number),
            percent(math.prod(each.confidence for each in row)),
            " ".join(each.shown for each in row),
            Verdict.UNSURE if any(each.needs_a_look for each in row) else Verdict.DIGIT,
        )
        for number, row in enumerate(result.rows, 1)
    ]
    return [*lines, Line("", "", result.words, result.kind)] if result.words else lines


DIGITS = Kind(
    Result.of,
    (FILE, DIGIT, CONFIDENCE, WORDS),
    _digit,
    lambda result: result.row,
    results.csv_lines,
    lambda result: Counter([result.kind]),
    results.counted,
    None,
)
NUMBERS = Kind(
    PageResult.of,
    (FILE, ROW, CONFIDENCE, f"{NUMBER}s"),
    _numbers,
    PageResult.to_dict,
    page_results.numbers_csv_lines,
    lambda result: result.count,
    page_results.counted,
    page_results.FAILED,
)
