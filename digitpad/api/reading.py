"""What is read of the pictures of a request, and the rows of the answer: those of `digitpad read --json`."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

import digitpad
from digitpad import PictureError, Recognizer
from digitpad.api.lanes import Named
from digitpad.api.limits import MOST_PAGES
from digitpad.pad.page_results import PageResult
from digitpad.pad.results import Result
from digitpad.pictures.picture import FilePage


def read_digits(recognizer: Recognizer, pictures: list[Named]) -> list[Result]:
    """What came of each picture, as one digit."""
    outcomes = recognizer.read_many([picture.picture for picture in pictures])
    return [Result.of(picture.name, outcome) for picture, outcome in zip(pictures, outcomes, strict=True)]


def read_pages(recognizer: Recognizer, pictures: list[Named]) -> list[PageResult]:
    """What came of each page of numbers."""
    outcomes = recognizer.read_many_numbers([picture.picture for picture in pictures])
    return [PageResult.of(picture.name, outcome) for picture, outcome in zip(pictures, outcomes, strict=True)]


def as_pictures(files: Sequence[tuple[str, bytes]]) -> Iterator[Named]:
    """Each file, by its name and what is in it, as one picture."""
    return (Named(name, FilePage(content, 1, 1, name)) for name, content in files)


def as_pages(files: Sequence[tuple[str, bytes]], chosen: str) -> Iterator[Named]:
    """The pages of each file, or why it has none.

    Args:
        files: each by its name and what is in it.
        chosen: which pages of each, as "1,3-5"; empty for all.
    """
    left = MOST_PAGES
    for name, content in files:
        file = io.BytesIO(content)
        file.name = name  # for the sentences about it
        try:
            pages = digitpad.pages(file, chosen)
            if len(pages) > left:
                raise PictureError(
                    f"{f'The file {name}' if name else 'This file'} has {len(pages):,} pages to be read, and of one "
                    f"request {MOST_PAGES} are read. Name some of them, as in ?pages=1-{MOST_PAGES}"
                )
        except PictureError as error:
            yield Named(name, error)
        else:
            left -= len(pages)
            yield from (Named(page.name, page) for page in pages)


def digit_row(result: Result) -> dict[str, Any]:
    """The command's row, and how probable each digit is."""
    more = result.reading.to_dict() if result.reading else {}
    return result.row | {name: more.get(name) for name in ("probabilities", "no_digit")}


def page_row(result: PageResult) -> dict[str, Any]:
    """The command's row."""
    return result.to_dict()
