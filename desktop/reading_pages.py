"""Reading pages of numbers without keeping the window waiting."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QThread, Signal

from digitpad import PictureError, Recognizer, Verdict
from digitpad.pad.page_results import PageResult
from digitpad.pad.pages import CheckedPage, page_or_reading
from digitpad.pictures.arrays import Opened
from digitpad.pictures.folders import files_among
from digitpad.pictures.picture import opened
from digitpad_desktop.beside import keep

Brought = Path | NDArray[np.uint8]  # a file, or a folder in whose place the pictures in it are read; a picture
LOOKED_AT = 5  # pictures without a digit after which nothing is said of the others


class PagesReader(QThread):
    """Reads pictures in a thread of its own, in their order, as pages; unless they show a single digit each.

    Nobody has to say what they are: the first that shows digits tells. `requestInterruption` stops it after the page
    that it is at. It may be forgotten while it still runs.

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
        found = files_among(item for item in self._brought if isinstance(item, Path))
        pictures: list[Brought] = [*found.files, *(item for item in self._brought if not isinstance(item, Path))]
        looked_at = self._look_at(pictures)
        if looked_at is None or isinstance(looked_at, Opened | PictureError):
            if not self.isInterruptionRequested():
                self.are_digits.emit(looked_at)
            return
        self.found.emit(len(pictures), found.passed_over)
        for place, picture in enumerate(pictures):
            if self.isInterruptionRequested():
                return
            try:
                if isinstance(picture, Path) and picture in found.errors:
                    raise found.errors[picture]
                is_read = place == looked_at[0]
                self.read.emit(looked_at[1] if is_read else CheckedPage.read(picture, self._recognizer))
            except PictureError as error:
                self.read.emit(PageResult.of(str(picture), error))

    def _look_at(self, pictures: Sequence[Brought]) -> tuple[int, CheckedPage] | Opened | PictureError | None:
        """The first page with several digits, and which it is; else what `are_digits` tells."""
        last: Opened | PictureError | None = None
        for place, picture in enumerate(pictures[:LOOKED_AT]):
            if self.isInterruptionRequested():
                break
            try:
                last = opened(picture)
            except PictureError as error:
                last = error
                continue
            shown = page_or_reading(last, self._recognizer)
            if isinstance(shown, CheckedPage):
                return place, shown
            if shown.verdict in (Verdict.DIGIT, Verdict.UNSURE):
                break
        return last
