"""What a machine lacks for a window, as a sentence: a screen, or libraries of the system's that Qt is linked to."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digitpad.errors import install_command

PACKAGES = Path(__file__).with_name("debian-packages.txt")  # that have all of the libraries


def said_of(error: ImportError | OSError) -> str:
    """The sentence for a library that could not be loaded; on Linux the loader's text begins with its name."""
    if sys.platform != "linux":  # there Qt brings all that it is linked to
        anew = install_command("--force-reinstall PySide6-Essentials")
        return f"Qt can't be loaded: {error}. Install it anew with: {anew}"
    library = Path(str(error).partition(":")[0]).name
    packages = " ".join(PACKAGES.read_text(encoding="utf-8").split())
    return (
        f"The system's library {library} is missing or broken, and Qt needs it for a window. Install it with your "
        f"system's package manager; on Debian and Ubuntu: apt install {packages}"
    )


@contextmanager
def a_screen_is_there() -> Iterator[None]:
    """Let Qt look for a screen; where it finds none it ends the program, and says why in one sentence.

    Qt itself would abort, with a page of its own words and a core dump.
    """
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    heard: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if kind != QtMsgType.QtFatalMsg:
            heard.append(message)
            return
        print(f"digitpad-desktop: {_no_screen(heard)}", file=sys.stderr, flush=True)
        os._exit(1)  # Qt aborts after this

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _no_screen(heard: list[str]) -> str:
    """The sentence for what Qt said before it gave up."""
    from PySide6.QtCore import QLibraryInfo

    if sys.platform == "linux" and os.environ.get("DISPLAY"):
        try:
            ctypes.CDLL(str(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms", "libqxcb.so")))
        except OSError as error:
            return said_of(error)
    reason = heard[0].strip().rstrip(".") if heard else "Qt does not say why"
    return (
        f"There is no screen to open a window on: {reason}. Start it in a desktop session; the pad in a browser, "
        "digitpad-web, needs none."
    )
