"""Draw a digit with the mouse, a finger or a pen, and see at once which one it is."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from digitpad import ModelError, Recognizer, __version__
from digitpad.files import ICON, path_of
from digitpad.models import catalogue
from digitpad.pad.hands import Hands
from digitpad.pad.history import History
from digitpad.pad.pad import Pad
from digitpad_desktop.beside import end_all
from digitpad_desktop.lacking import a_screen_is_there
from digitpad_desktop.leaving import on_signals
from digitpad_desktop.settings import Settings
from digitpad_desktop.window import Window

HISTORY_FILE = "history.sqlite"
PATIENCE = 1000  # milliseconds that the program waits at its end for what is being read beside it


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the pad; the exit status says how it went."""
    chosen = _parser().parse_args(arguments)
    application = make_application()
    try:
        window, pad = make_window(chosen.model)
    except ModelError as error:
        print(f"digitpad-desktop: {error}", file=sys.stderr)
        return 1

    def leave(status: int) -> None:
        window.put_away()
        application.exit(status)  # also of the loops of dialogs

    with on_signals(leave):
        window.show()
        window.opening.bring(chosen.files)
        try:
            status = application.exec()
        finally:
            pad.history.close()
            pad.hands.close()
        if not end_all(PATIENCE):
            os._exit(status)  # all is written; a picture that is being opened can't be stopped, and may take a while
        return status


def make_application() -> QApplication:
    """Qt, ready for a window."""
    with a_screen_is_there():
        application = cast("QApplication", QApplication.instance() or QApplication(["digitpad-desktop"]))
    # Or, on a busy machine, Qt would leave out places that the pen went through; on X11 it sets this when it starts.
    application.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, on=False)
    application.setApplicationDisplayName("digitpad")
    application.setDesktopFileName("digitpad")
    application.setWindowIcon(QIcon(str(ICON)))
    return application


def make_window(model: str | None = None) -> tuple[Window, Pad]:
    """The window as the user left it, and its pad, whose history and hands are to be closed after it.

    Args:
        model: the name, or the path, of the model that reads; None for the one that read last.

    Raises:
        ModelError: the model that was asked for is missing or broken.
    """
    settings = Settings()
    recognizer, notice = _recognizer(model, settings)
    kept = catalogue.user_data() / HISTORY_FILE
    pad = Pad(recognizer, History(kept), Hands(kept))
    settings.restore(pad)
    window = Window(pad, settings, model)
    window.notices.tell(notice)
    return window, pad


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="digitpad-desktop", description=__doc__)
    parser.add_argument("files", nargs="*", type=path_of, metavar="FILE", help="pictures to read, or folders of them")
    parser.add_argument("--model", metavar="MODEL", help="the model that reads: its name, or the path of its folder")
    parser.add_argument("--version", action="version", version=f"digitpad {__version__}")
    return parser


def _recognizer(asked: str | None, settings: Settings) -> tuple[Recognizer, str]:
    """Who reads, and a sentence where it is not who was chosen the last time.

    Raises:
        ModelError: the model that was asked for is missing or broken.
    """
    if asked is not None:
        return Recognizer(catalogue.named(asked)), ""
    if settings.model:
        try:
            return Recognizer(settings.model), ""
        except ModelError as error:
            recognizer = Recognizer()
            return recognizer, f"{error} {recognizer.model.name} reads instead."
    recognizer = Recognizer()
    return recognizer, recognizer.notice


if __name__ == "__main__":
    sys.exit(main())
