"""Where to save a file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from digitpad_desktop.asking import agrees


def ask_where(parent: QWidget, title: str, suggested: str, kind: str, suffix: str) -> Path | None:
    """Ask for a file to write to; an existing one only with the user's consent.

    Args:
        parent: the window that asks.
        title: of the dialog.
        suggested: a name, with or without a folder.
        kind: what such files are called, "PNG pictures", say.
        suffix: what their names end in, with its dot; it is added where it lacks.

    Returns:
        the file, or None where the user changed their mind.
    """
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
