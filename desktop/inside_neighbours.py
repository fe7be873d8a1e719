"""The digits that a network finds most alike to the one that is drawn."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from digitpad.errors import ModelError
from digitpad.models.neighbours import neighbours
from digitpad.pad.inside import InsideView
from digitpad.pad.inside_words import DRAW_FIRST, NEIGHBOUR_WORDS, WHAT_NEIGHBOURS_ARE
from digitpad.pad.why import said_of_neighbour
from digitpad_desktop.glossary import Words
from digitpad_desktop.picture_rows import PictureRows


class NeighboursView(QWidget):
    """What a network thinks of: digits that others wrote, the most alike first.

    Args:
        view: what is looked at.
    """

    def __init__(self, view: InsideView) -> None:
        super().__init__()
        self._view = view
        self.words, self.rows, self.glossary = QLabel(), PictureRows(), Words(NEIGHBOUR_WORDS)
        self.words.setWordWrap(True)
        self.words.setForegroundRole(self.words.foregroundRole().PlaceholderText)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.rows)
        layout.addWidget(self.glossary)
        layout.addStretch(1)

    def enlarge(self, has_controls: bool) -> None:
        """Take over the font that is set; with the words of the glossary, or without them."""
        self.rows.enlarge(has_sentences=True)
        self.glossary.setVisible(has_controls)

    def follow(self) -> None:
        """Show what is most alike now; takes a moment the first time."""
        side = self._view.pointed
        try:
            found = neighbours(side.model, side.inside.glyph)
        except ModelError as error:
            found, words = [], str(error)
        else:
            words = WHAT_NEIGHBOURS_ARE if found else DRAW_FIRST
        self.words.setText(words)
        self.rows.show_rows([(each.glyph, str(each.label), said_of_neighbour(each)) for each in found])
