"""Reading pages of numbers without keeping the window waiting."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QThread, Signal

from digitpad import PictureError, Recognizer, Verdict
from digitpad.pad.page_results import PageResult
from digitpad.pad.pages import CheckedPage, page_or_reading
from digitpad.pictures.arrays import Opened
from digitpad.pictures.folders import Found, files_among
from digitpad.pictures.pages import pages
from digitpad.pictures.picture import FilePage, opened
from digitpad.stopping import Stopped, stoppable
from digitpad_desktop.beside import keep

Brought = Path | NDArray[np.uint8]  # a file, or a folder in whose place the pictures in it are read; a picture
LOOKED_AT = 5  # pictures without a digit after which nothing is said of the others


class Leaf(NamedTuple):
    """What is to be read as one page: what it is called, and where it is, or why it can't be read."""

    name: str
    picture: FilePage | NDArray[np.uint8] | PictureError


class First(NamedTuple):
    """What tells that these are pages: which of them, from 0, and what is on it, where that was read."""

    place: int
    page: CheckedPage | None


class PagesReader(QThread):
    """Reads pictures in a thread of its own, in their order, as pages; unless they show a single digit each.

    Nobody has to say what they are: the first that shows digits tells, or a file that has several pages.
    `requestInterruption` stops it, also in the midst of a page. It may be forgotten while it still runs.

    Args:
        brought: what a person has opened.
        recognizer: who reads.

    Signals:
        found: once, before the first page: how many there are, and what of the folders is not among them.
        read: the next page, a CheckedPage; or the PageResult of one that can't be read.
        are_digits: in place of any page: the last picture that was looked at, Opened, or its PictureError; None
            where there are none.
    """

    found = Signal(int, str)
    read = Signal(object)
    are_digits = Signal(object)

    def __init__(self, brought: Iterable[Brought], recognizer: Recognizer) -> None:
        super().__init__()
        self._brought = list(brought)
        self._recognizer = recognizer
        keep(self)

    def run(self) -> None:
        """Read them all; called by Qt, in the thread."""
        with suppress(Stopped), stoppable(self.isInterruptionRequested):
            self._read_all()

    def _read_all(self) -> None:
        found = files_among(item for item in self._brought if isinstance(item, Path))
        leaves = list(self._leaves(found))
        looked_at = self._look_at(leaves)
        if isinstance(looked_at, Opened | PictureError | None):
            if not self.isInterruptionRequested():
                self.are_digits.emit(looked_at)
            return
        self.found.emit(len(leaves), found.passed_over)
        for place, (name, leaf) in enumerate(leaves):
            if self.isInterruptionRequested():
                return
            is_read = place == looked_at.place and looked_at.page
            self.read.emit(looked_at.page if is_read else self._page(name, leaf))

    def _leaves(self, found: Found) -> Iterator[Leaf]:
        """All that is to be read: each page of each file, and pictures."""
        yield from (Leaf("", item) for item in self._brought if not isinstance(item, Path))
        for file in found.files:
            if self.isInterruptionRequested():
                return
            try:
                if file in found.errors:
                    raise found.errors[file]
                yield from (Leaf(page.name, page) for page in pages(file))
            except PictureError as error:
                yield Leaf(str(file), error)

    def _look_at(self, leaves: Sequence[Leaf]) -> "First | Opened | PictureError | None":
        """The first page with several digits, or of several in a file; else what `are_digits` tells."""
        last: Opened | PictureError | None = None
        for place, (_, leaf) in enumerate(leaves[:LOOKED_AT]):
            if self.isInterruptionRequested():
                break
            if isinstance(leaf, FilePage) and leaf.count > 1:
                return First(place, None)
            try:
                if isinstance(leaf, PictureError):
                    raise leaf
                last = opened(leaf)
                shown = page_or_reading(last, self._recognizer)
            except PictureError as error:
                last = error
                continue
            if isinstance(shown, CheckedPage):
                return First(place, shown)
            if shown.verdict in (Verdict.DIGIT, Verdict.UNSURE):
                break
        return last

    def _page(self, name: str, leaf: FilePage | NDArray[np.uint8] | PictureError) -> CheckedPage | PageResult:
        if isinstance(leaf, PictureError):
            return PageResult.of(name, leaf)
        try:
            return CheckedPage.read(leaf, self._recognizer)
        except PictureError as error:
            return PageResult.of(name, error)
