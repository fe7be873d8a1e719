"""The pages of a file: of a PDF or a TIFF there can be several, and each is a picture."""

import re
from os import PathLike
from typing import IO

from digitpad.errors import PictureError
from digitpad.pictures.decoding import page_count
from digitpad.pictures.picture import FilePage, name_of

SO = "Name them so: 1,3-5"
MOST = 10_000  # pages that are read of one file: a damaged one may claim any number of them
SPAN = re.compile(r"(\d{1,9})(?:(-)(\d{1,9})?)?")


def pages(file: "str | PathLike[str] | IO[bytes] | bytes", chosen: str = "") -> list[FilePage]:
    """The pages of a picture file or a PDF.

    Args:
        file: its path, what is in it, or the file opened in binary mode.
        chosen: which of them, as "1,3-5" or "4-"; without it all.

    Returns:
        the pages, each to be given to `Recognizer.read_numbers`, `read` and others in place of a picture.

    Raises:
        PictureError: it is empty or can't be read, or has no such page. Of a picture only reading it shows that it is
            damaged.
    """
    title = name_of(file)
    if not isinstance(file, str | PathLike | bytes):
        file = _content(file)
    count = page_count(FilePage(file, 1, 1, title).source)
    name = f"The file {title}" if title else "This file"
    numbers = _numbers(chosen, count, name)
    if len(numbers) > MOST:
        raise PictureError(f"{name} has {count:,} pages. Name those to be read, {MOST:,} at most.")
    return [FilePage(file, number, count, title) for number in numbers]


def _content(file: IO[bytes]) -> bytes:
    """What is in an open file."""
    if hasattr(file, "read") and hasattr(file, "seek") and not getattr(file, "closed", False):
        file.seek(0)
        content = file.read()
        if isinstance(content, bytes):
            return content
    raise PictureError(
        f"An object of type {type(file).__name__} has no pages. Expected is the path of a file, what is in it, or "
        "the file opened in binary mode."
    )


def _numbers(chosen: str, count: int, name: str) -> list[int]:
    """The numbers of pages that a person names, each once, in their order; all of them where they name none.

    Raises:
        PictureError: there is no such page, or they name none that is understood.
    """
    found: dict[int, None] = {}
    for span in chosen.split(",") if chosen else ["1-"]:
        named = SPAN.fullmatch(span.strip())
        if named is None:
            raise PictureError(f"{chosen!r} names no pages. {SO}")
        first = int(named[1])
        last = int(named[3] or (count if named[2] else first))
        for number in (first, last):
            if not 1 <= number <= count:
                has = "one page" if count == 1 else f"{count:,} pages"
                raise PictureError(f"{name} has {has}: there is no page {number}.")
        if last < first:
            raise PictureError(f"{chosen!r} names pages backwards. {SO}")
        found.update(dict.fromkeys(range(first, last + 1)))
    return list(found)
