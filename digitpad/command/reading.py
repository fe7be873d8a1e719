"""`digitpad read`: what is in pictures, a row each; or the numbers in them, row by row."""

import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import digitpad
from digitpad import DigitpadError, PictureError, Recognizer, Verdict
from digitpad.command.display import Display
from digitpad.command.kinds import DIGITS, NUMBERS, Kind
from digitpad.models import catalogue
from digitpad.pad.results import for_a_moment, stopped
from digitpad.pictures.folders import Found, files_among

if TYPE_CHECKING:
    from digitpad.many import Sent

STANDARD_INPUT = Path("-")
MOST_BYTES = 500_000_000  # of standard input, which might never end


def read(
    words: Sequence[str],
    model: str | None,
    form: str,
    numbers: bool = False,
    pages: str = "",
    hand: Path | None = None,
) -> int:
    """Read files, the pictures in folders, and standard input.

    Args:
        words: what a person named.
        model: who reads, by name or path; None for the one in use.
        form: "table", "json" or "csv".
        numbers: whether numbers are read, of each file all pages, not a digit.
        pages: which pages of each file are read, as "1,3-5".
        hand: the file of what was taught, by which is read.

    Returns:
        the exit status: 1 where one could not be read, or there was none.

    Raises:
        DigitpadError: there is no such model or hand, or nothing can come from standard input.
    """
    found = files_among(map(_path, words))
    if not found.files:
        from digitpad.pictures.decoding import NO_PICTURES

        tell(NO_PICTURES)
        tell(found.passed_over)
        return 1
    recognizer = Recognizer(None if model is None else catalogue.named(model), hand)
    tell(recognizer.notice)
    names, pictures = zip(*_pictures(found, pages if pages or numbers else None), strict=True)
    kind: Kind[Any, Any] = NUMBERS if numbers else DIGITS
    read_many = recognizer.read_many_numbers if numbers else recognizer.read_many
    outcomes = zip(names, read_many(pictures, _workers(len(names))), strict=True)
    results = (kind.of(name, outcome) for name, outcome in outcomes)
    done, count = 0, Counter[Any]()
    try:
        with Display(kind, form, names) as display:
            while some := list(for_a_moment(results)):
                display.show(some)
                # One after the other they could be interrupted in between, and would not tell the same.
                done, count = done + len(some), sum(map(kind.count, some), count)
    except KeyboardInterrupt:
        tell(stopped(done, len(names), kind.told(count)))
        raise
    if len(names) > 1:
        tell(kind.told(count))
    if count[Verdict.SEVERAL]:
        tell("Several digits are read with --numbers")
    tell(found.passed_over)
    return 1 if count[kind.failed] else 0


def tell(line: str) -> None:
    """Say something to the person that is no result; nothing where there is nothing to say."""
    if line:
        print(line, file=sys.stderr)


def _path(word: str) -> Path:
    path = Path(word)
    return path.absolute() if path == STANDARD_INPUT and word != "-" else path  # a file may be called so: ./-


def _pictures(found: Found, pages: str | None) -> "Iterator[tuple[str, Sent]]":
    """The name of each picture that is read, and the picture, or the error of one that can't be opened.

    Args:
        found: the files.
        pages: which of their pages, empty for all; None for each file as one picture.
    """
    for path in found.files:
        name = "standard input" if path == STANDARD_INPUT else str(path)
        picture = _standard_input() if path == STANDARD_INPUT else path
        if path in found.errors:
            yield name, found.errors[path]
        elif pages is None:
            yield name, picture
        else:
            try:
                yield from ((page.name, page) for page in digitpad.pages(picture, pages))
            except PictureError as error:
                yield name, error


def _standard_input() -> io.BytesIO:
    if sys.stdin is None or sys.stdin.isatty():
        raise DigitpadError("Nothing comes from standard input. Send a picture: digitpad read - < seven.png")
    content = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DigitpadError(f"More than {MOST_BYTES // 10**6} MB come from standard input: that is no picture.")
    file = io.BytesIO(content)
    file.name = "standard input"  # for the sentences about it
    return file


def _workers(count: int) -> int:
    if count == 1:
        return 1
    from digitpad.sharing import cores

    return cores()
