"""Questions before what can't be undone."""

from PySide6.QtWidgets import QMessageBox, QWidget


def agrees(parent: QWidget, title: str, question: str, act: str) -> bool:
    """Whether the user wants something to be done that can't be undone; Enter and Escape leave all as it is.

    Args:
        parent: the window that asks.
        title: of the question.
        question: what will be lost.
        act: the word for it on the button.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, title, question, QMessageBox.StandardButton.Cancel, parent)
    does = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    agreed = box.clickedButton() is does
    box.deleteLater()
    return agreed
