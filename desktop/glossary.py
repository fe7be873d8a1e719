"""The words of the field where they stand, and all of them as a list."""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTextBrowser, QToolTip, QVBoxLayout, QWidget

from digitpad.pad.glossary import GLOSSARY_MEANING, GLOSSARY_TITLE, WORDS, entries, explained

LINK = '<a href="{0}" style="color: palette(window-text)">{0}</a>'  # Qt's own blue is not to be read in the dark


class Words(QWidget):
    """A row of words, each of which shows what it means when it is pointed at or chosen.

    Args:
        words: of the glossary.
    """

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self._shown = ""
        links = ", ".join(LINK.format(html.escape(word)) for word, _ in entries(words))
        self.row = QLabel(f"{WORDS}: {links}")
        self.row.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self.row.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard)
        self.row.linkHovered.connect(self._point)
        self.row.linkActivated.connect(self._choose)
        self.meaning = QLabel()
        self.meaning.setWordWrap(True)
        self.meaning.setTextInteractionFlags(flags.TextSelectableByMouse)
        self.meaning.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.row)
        layout.addWidget(self.meaning)

    def _point(self, word: str) -> None:
        QToolTip.showText(QCursor.pos(), _said(word) if word else "", self)

    def _choose(self, word: str) -> None:
        """Show what a word means below the row; chosen again, it goes."""
        self._shown = "" if word == self._shown else word
        self.meaning.setText(_said(word))
        self.meaning.setVisible(bool(self._shown))


class GlossaryDialog(QDialog):
    """All words with what they mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(GLOSSARY_TITLE)
        rows = "".join(f"<p><b>{html.escape(word)}</b><br>{html.escape(text)}</p>" for word, text in entries())
        self.text = QTextBrowser()
        self.text.setAccessibleName(GLOSSARY_TITLE)
        self.text.setHtml(f"<p>{GLOSSARY_MEANING}</p>{rows}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(560, 560)


def _said(word: str) -> str:
    return f"<b>{html.escape(word)}</b>: {html.escape(explained(word))}"
