"""How the glyph came about, step by step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from digitpad.glyphs.steps import Step
from digitpad.pad.inside_words import STEPS
from digitpad_desktop.images import to_image
from digitpad_desktop.letters import enlarged, heading

SIDE = 3.4  # of a step's picture, in lines of the font


class StepsView(QWidget):
    """The steps from the drawing to the glyph, each a picture beside its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(10)
        self._layout.setVerticalSpacing(8)
        self._layout.setColumnStretch(1, 1)
        self._heading = heading(STEPS)
        self._steps: Sequence[Step] = ()
        self._has_sentences = True
        self._layout.addWidget(self._heading, 0, 0, 1, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(STEPS)

    def pictures(self) -> list[str]:
        """What the pictures that are shown are of."""
        return [picture.accessibleName() for picture, _ in self._rows if picture.isVisible()]

    def enlarge(self, has_controls: bool) -> None:
        """Take over the font that is set; with sentences, or, for a wall, without them."""
        self._has_sentences = has_controls
        self._heading.setFont(enlarged(self.font(), 1.0, bold=True))
        self._heading.setWordWrap(True)
        self.show_steps(self._steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self._steps = steps
        while len(self._rows) < len(steps):
            picture, words = QLabel(), QLabel()
            words.setWordWrap(True)
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            row = len(self._rows) + 1
            self._layout.addWidget(picture, row, 0, Qt.AlignmentFlag.AlignTop)
            self._layout.addWidget(words, row, 1)
            self._rows.append((picture, words))
        side = round(SIDE * self.fontMetrics().height())
        for place, (picture, words) in enumerate(self._rows):
            picture.setVisible(place < len(steps))
            words.setVisible(place < len(steps))
            if place < len(steps):
                step = steps[place]
                ratio = self.devicePixelRatioF()
                image = to_image(step.picture).scaled(
                    round(side * ratio),
                    round(side * ratio),
                    Qt.AspectRatioMode.KeepAspectRatio,
                    Qt.TransformationMode.SmoothTransformation
                    if max(step.picture.shape[:2]) > side
                    else Qt.TransformationMode.FastTransformation,
                )
                image.setDevicePixelRatio(ratio)
                picture.setPixmap(QPixmap.fromImage(image))
                picture.setFixedSize(side, side)
                picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
                picture.setAccessibleName(step.name)
                words.setText(f"<b>{step.name}</b>" + (f"<br>{step.sentence}" if self._has_sentences else ""))
