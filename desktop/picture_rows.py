"""Pictures one below the other, each beside what is said of it."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from digitpad_desktop.images import to_image

SIDE = 3.4  # lines of the font that a picture is high

Told = tuple[NDArray[np.uint8], str, str]  # a picture, its name, and a sentence


class PictureRows(QWidget):
    """Rows of a picture, its name and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._told: Sequence[Told] = ()
        self._has_sentences = True
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(10)
        self._layout.setVerticalSpacing(8)
        self._layout.setColumnStretch(1, 1)

    @property
    def names(self) -> list[str]:
        """Of the pictures that are shown."""
        return [name for _, name, _ in self._told]

    def enlarge(self, has_sentences: bool) -> None:
        """Take over the font that is set; with sentences, or without them."""
        self._has_sentences = has_sentences
        self.show_rows(self._told)

    def show_rows(self, told: Sequence[Told]) -> None:
        """Show other pictures."""
        self._told = told
        while len(self._rows) < len(told):
            self._rows.append(self._row(len(self._rows)))
        for place, (picture, words) in enumerate(self._rows):
            is_there = place < len(told)
            picture.setVisible(is_there)
            words.setVisible(is_there)
            if is_there:
                array, name, sentence = told[place]
                self._show(picture, array)
                picture.setAccessibleName(name)
                below = f"<br>{escape(sentence)}" if self._has_sentences and sentence else ""
                words.setText(f"<b>{escape(name)}</b>{below}")

    def _row(self, place: int) -> tuple[QLabel, QLabel]:
        picture, words = QLabel(), QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._layout.addWidget(picture, place, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(words, place, 1)
        return picture, words

    def _show(self, label: QLabel, array: NDArray[np.uint8]) -> None:
        ratio = self.devicePixelRatioF()
        side = round(SIDE * self.fontMetrics().height())
        is_large = max(array.shape[:2]) > side * ratio
        how = Qt.TransformationMode.SmoothTransformation if is_large else Qt.TransformationMode.FastTransformation
        image = to_image(array).scaled(
            round(side * ratio), round(side * ratio), Qt.AspectRatioMode.KeepAspectRatio, how
        )
        image.setDevicePixelRatio(ratio)
        label.setPixmap(QPixmap.fromImage(image))
        label.setFixedSize(side, side)
