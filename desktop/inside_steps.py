"""How the glyph came about, step by step."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from digitpad.glyphs.steps import Step
from digitpad.pad.inside_words import STEPS
from digitpad_desktop.letters import enlarged, heading
from digitpad_desktop.picture_rows import PictureRows


class StepsView(QWidget):
    """The steps from the drawing to the glyph, each a picture beside its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._heading, self.rows = heading(STEPS), PictureRows()
        self._heading.setWordWrap(True)
        self.setAccessibleName(STEPS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self.rows)

    def enlarge(self, has_controls: bool) -> None:
        """Take over the font that is set; with sentences, or, for a wall, without them."""
        self._heading.setFont(enlarged(self.font(), 1.0, bold=True))
        self.rows.enlarge(has_sentences=has_controls)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self.rows.show_rows([(step.picture, step.name, step.sentence) for step in steps])
