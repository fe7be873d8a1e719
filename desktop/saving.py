"""Saving a file where the user wants it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad.files import write_whole
from digitpad_desktop.asking import agrees


def save(parent: QWidget, title: str, suggested: str, kind: str, suffix: str, content: Callable[[], bytes]) -> str:
    """Ask for a file and write it; an existing one only with the user's consent.

    Args:
        parent: the window that asks.
        title: of the dialog.
        suggested: a name, with or without a folder.
        kind: what such files are called, "PNG pictures", say.
        suffix: what their names end in, with its dot; it is added where it lacks.
        content: gives what is to be written; asked for only once there is a place for it.

    Returns:
        a sentence where it can't be written; empty where it is, or where the user changed their mind.
    """
    path = _ask_where(parent, title, suggested, kind, suffix)
    if path is None:
        return ""
    try:
        write_whole(path, content())
    except OSError as error:
        return f"{path} can't be written: {error.strerror}. Choose another folder."
    return ""


def _ask_where(parent: QWidget, title: str, suggested: str, kind: str, suffix: str) -> Path | None:
    """The file that the user names; None where they changed their mind."""
    name, _ = QFileDialog.getSaveFileName(parent, title, suggested, f"{kind} (*{suffix})")
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() == suffix:
        return path  # the dialog has asked
    path = path.with_name(path.name + suffix)
    question = f"{path} exists already. Replace it?"
    if path.exists() and not agrees(parent, title, question, "Replace"):
        return None
    return path
