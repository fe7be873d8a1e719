"""The file that the figures of a measuring go to."""

import json
import tempfile
from pathlib import Path

from digitpad.errors import DigitpadError
from digitpad.files import write_whole


class FiguresFile:
    """The JSON file that figures go to; that it can't be written is known before the measuring, not after.

    Args:
        path: the file, which is left as it is until there are figures.
        option: the one that names it.

    Raises:
        DigitpadError: it can't be written.
    """

    def __init__(self, path: Path, option: str) -> None:
        self._path = path
        self._option = option
        try:
            if path.is_dir():
                raise IsADirectoryError(0, "it is a folder")
            with tempfile.NamedTemporaryFile(dir=path.parent):
                pass  # that it can be made is what is to be known
        except OSError as error:
            raise self._unwritable(error) from error

    def write(self, figures: dict[str, object]) -> None:
        """Write them, and say where.

        Raises:
            DigitpadError: they can't be written.
        """
        try:
            write_whole(self._path, json.dumps(figures, indent=2) + "\n")
        except OSError as error:
            raise self._unwritable(error) from error
        print(f"\nWritten to {self._path}")

    def _unwritable(self, error: OSError) -> DigitpadError:
        return DigitpadError(
            f"{self._path} can't be written: {error.strerror}. Name another file with {self._option}."
        )
