"""Reading many picture files without keeping the window waiting."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QThread, Signal

from digitpad import Recognizer
from digitpad.pad.results import Result, for_a_moment
from digitpad.pictures.folders import files_among
from digitpad_desktop.beside import keep


class FilesReader(QThread):
    """Reads picture files in a thread of its own, in their order.

    `requestInterruption` stops it after the picture that it is at. It may be forgotten while it still runs.

    Args:
        paths: files, and folders in whose place the pictures in them are read.
        recognizer: who reads.

    Signals:
        found: once, before the first result: how many files there are, and what of the folders is not among them.
        read: the next results, a list[Result]; at most about MOMENT seconds of work, or one large picture's.
    """

    found = Signal(int, str)
    read = Signal(list)

    def __init__(self, paths: Iterable[Path], recognizer: Recognizer) -> None:
        super().__init__()
        self._paths = list(paths)
        self._recognizer = recognizer
        keep(self)

    def run(self) -> None:
        """Read them all; called by Qt, in the thread."""
        found = files_among(self._paths)
        paths = found.files
        self.found.emit(len(paths), found.passed_over)
        done = 0
        while done < len(paths) and not self.isInterruptionRequested():
            now = for_a_moment(islice(paths, done, None), self.isInterruptionRequested)
            outcomes = self._recognizer.read_many(now)
            pairs = zip(islice(paths, done, None), outcomes, strict=False)
            results = [Result.of(str(path), found.errors.get(path, outcome)) for path, outcome in pairs]
            self.read.emit(results)
            done += len(results)
