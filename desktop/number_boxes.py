"""The boxes over the picture of a page."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtWidgets import QGraphicsScene

from digitpad.pad.checked import CheckedNumber
from digitpad_desktop.number_box import NumberBox, Side, Sides


class Taken(NamedTuple):
    """A box that the mouse has taken hold of, at which of its edges, and where it was then."""

    box: NumberBox
    sides: Sides
    before: QRectF


class NumberBoxes:
    """A box for each number, of which one may be chosen.

    Args:
        scene: in which they lie, above the picture.

    Attributes:
        chosen: the one that keys are for; None for none.
    """

    def __init__(self, scene: QGraphicsScene) -> None:
        self.chosen: NumberBox | None = None
        self._scene = scene
        self._boxes: dict[int, NumberBox] = {}
        self._pixel = 1.0

    def __getitem__(self, id: int) -> NumberBox:
        return self._boxes[id]

    def follow(self, numbers: Sequence[CheckedNumber]) -> None:
        """Show these numbers, and no others."""
        there = {number.id: number for number in numbers}
        for gone in self._boxes.keys() - there.keys():
            box = self._boxes.pop(gone)
            self._scene.removeItem(box)
            if box is self.chosen:
                self.chosen = None
        for id, number in there.items():
            if id not in self._boxes:
                self._boxes[id] = box = NumberBox(number)
                box.zoom(self._pixel)
                self._scene.addItem(box)
            elif self._boxes[id].number is not number:
                self._boxes[id].show_number(number)
        self._place_labels()

    def choose(self, box: NumberBox | None) -> None:
        """Choose another, or none; labels that would lie on it give way."""
        if self.chosen is not box:
            if self.chosen is not None:
                self.chosen.choose(is_chosen=False)
            if box is not None:
                box.choose(is_chosen=True)
            self.chosen = box
        for other in self._boxes.values():
            other.make_room(QRectF() if box is None else box.rect)

    def zoom(self, pixel: float) -> None:
        """Follow the view's scale: how many pixels of the picture one of the screen is."""
        self._pixel = pixel
        for box in self._boxes.values():
            box.zoom(pixel)
        self._place_labels()

    def _place_labels(self) -> None:
        """Have each label at a side where it lies on no number; above where there is none."""
        if not self._boxes:
            return
        places = np.array([box.rect.getCoords() for box in self._boxes.values()])
        paper = self._scene.sceneRect()
        for box in self._boxes.values():
            box.label(next((side for side in Side if _is_free(box.label_at(side), places, paper)), Side.ABOVE))

    def taken_at(self, place: QPointF) -> Taken | None:
        """What the mouse takes hold of at a place of the picture, the chosen box before the smallest."""
        order = sorted(
            self._boxes.values(), key=lambda box: (box is not self.chosen, box.rect.width() * box.rect.height())
        )
        for box in order:
            sides = box.taken_at(place)
            if sides is not None:
                return Taken(box, sides, QRectF(box.rect))
        return None

    def usual(self) -> QSizeF | None:
        """How large they are, in the picture's pixels; None where there are none."""
        sizes = sorted((box.rect.size() for box in self._boxes.values()), key=QSizeF.height)
        return sizes[len(sizes) // 2] if sizes else None


def _is_free(label: QRectF, places: NDArray[np.float64], paper: QRectF) -> bool:
    """Whether a label lies on the paper and on none of some places, (n, 4): left, top, right, bottom."""
    across = (places[:, 0] < label.right()) & (places[:, 2] > label.left())
    down = (places[:, 1] < label.bottom()) & (places[:, 3] > label.top())
    return paper.contains(label) and not (across & down).any()
