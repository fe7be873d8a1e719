"""What a person opens, pastes or drops, and where it is shown."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad import PictureError
from digitpad.pad.drawing import Content
from digitpad.pad.pad import Pad
from digitpad.pictures.arrays import Opened
from digitpad.pictures.decoding import picture_suffixes
from digitpad_desktop.images import to_array
from digitpad_desktop.notices import NoticeBar

if TYPE_CHECKING:
    from digitpad_desktop.reading_pages import Brought

ABOUT = "what was brought"  # of its notices, which the next picture makes old


class Opening:
    """Brings pictures in: pages of numbers in a window of their own, a digit on the canvas, several in a table.

    Args:
        window: the one that the others belong to.
        pad: reads, and shows a digit.
        notices: where what is wrong with a picture is told.
    """

    def __init__(self, window: QWidget, pad: Pad, notices: NoticeBar) -> None:
        self._window, self._pad, self._notices = window, pad, notices

    def choose(self) -> None:
        """Ask for pictures, and read them."""
        kinds = " ".join(f"*{suffix}" for suffix in sorted(picture_suffixes()))
        kinds = f"Pictures ({kinds});;All files (*)"
        names, _ = QFileDialog.getOpenFileNames(self._window, "Open pictures", "", kinds)
        self.bring([Path(name) for name in names])

    def paste(self) -> None:
        """Read what is on the clipboard: a picture, or the files that were copied."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._tell("There is no picture on the clipboard. Copy one, or a picture file, and paste again.")

    def take(self, data: QMimeData) -> bool:
        """Read what was dropped or pasted; whether there was anything."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.bring(paths)
            return True
        if data.hasImage():
            image = data.imageData()
            if not image.isNull():
                self.bring([to_array(image)])
                return True
        if data.hasUrls():
            self._tell("digitpad stays offline and opens no address on the web. Save the picture, then open it.")
            return True
        return False

    def bring(self, brought: "Sequence[Brought]") -> None:
        """Open what shows several digits as pages, and digits where they belong."""
        from digitpad_desktop.pages import PagesWindow

        if brought:
            self._tell("")
            pages = PagesWindow(brought, self._pad.recognizer, self._pad.hands, self._window)
            pages.are_digits.connect(lambda shown: self._show_digits(brought, shown))

    def _show_digits(self, brought: "Sequence[Brought]", shown: Opened | PictureError | None) -> None:
        """Show a single digit on the canvas, several pictures of one each in a table."""
        paths = [item for item in brought if isinstance(item, Path)]
        if len(brought) > 1 or shown is None or any(_is_folder(path) for path in paths):
            from digitpad_desktop.results import ResultsDialog

            dialog = ResultsDialog(paths, self._pad.recognizer, self._pad.hands, self._window)
            dialog.chosen.connect(self._show_chosen)
            dialog.show()
        elif isinstance(shown, PictureError):
            self._tell(str(shown))
        else:
            self._pad.show(Content(picture=shown.array))
            self._tell(f"{Path(shown.name).name}: {shown.note}" if shown.name and shown.note else "")

    def _show_chosen(self, path: Path) -> None:
        self.bring([path])
        self._window.raise_()  # above the table
        self._window.activateWindow()

    def _tell(self, sentence: str) -> None:
        self._notices.tell(sentence, ABOUT)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, say; reading it will tell
        return False
