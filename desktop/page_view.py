"""The picture of a page with a box over each number: zoom, boxes that the mouse and keys move, and typing on them."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPen

from digitpad.numbers.page import Box
from digitpad.pad.pages import CheckedPage
from digitpad_desktop.number_box import NumberBox, Sides, resized
from digitpad_desktop.number_boxes import NumberBoxes, Taken
from digitpad_desktop.number_edit import NumberEdit
from digitpad_desktop.picture_view import LARGEST, MARGIN, STEP, PictureView

LEGIBLE = 32.0  # screen pixels that a number in doubt is high, at least
NEW = QSizeF(60, 40)  # screen pixels of a box where there is none to go by
LEAST = 4.0  # screen pixels of a box's sides, at least
DRAGGED = 6  # screen pixels that a press moves before it drags
NUDGE = 2.0  # screen pixels that a key moves a box
PAUSE = 500  # milliseconds without a key after which a box that keys moved is read anew
ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class PageView(PictureView):
    """A page that one corrects.

    Signals:
        chosen: the id of the number that was chosen, None for none.
        typed: as of the `NumberEdit`.
        moved: the id of a number, and the Box where a person put it.
        drawn: the Box that was drawn where there was none.
        stepped: where an arrow goes to, -1 for the number before and 1 for the one after it.
    """

    chosen = Signal(object)
    typed = Signal(int, str, bool)
    moved = Signal(int, object)
    drawn = Signal(object)
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._boxes = NumberBoxes(self._scene)
        self._press: QPointF | None = None  # where in the picture the mouse went down
        self._taken: Taken | None = None
        self._is_dragging = False
        self._new = self._scene.addRect(QRectF(), self._pen_of_new())
        self._new.setZValue(2)
        self._new.hide()
        self._nudged = QTimer(self, singleShot=True, interval=PAUSE)
        self._nudged.timeout.connect(self.settle)
        self.edit = NumberEdit(self.viewport())
        self.edit.typed.connect(self.typed)
        self.edit.left.connect(self.setFocus)
        self.setAccessibleName("The page")
        self.zoomed.connect(self._boxes.zoom)
        self.shifted.connect(self._follow_box)

    # What is shown

    def show_page(self, page: CheckedPage | None) -> None:
        """Show another page, as large as it fits in; nothing for None."""
        self._boxes.follow(())
        self.show_picture(page.image if page else b"", page.size if page else (1, 1))
        self.follow(page)
        self.fit()

    def follow(self, page: CheckedPage | None) -> None:
        """Show the numbers as they are now."""
        self._boxes.follow(page.numbers if page else ())
        self.choose(self.choice)

    def choose(self, id: int | None) -> None:
        """Mark a number, and bring it into view."""
        if self.choice != id:
            self.finish()
        is_new = self.choice != id
        box = None if id is None else self._boxes[id]
        self._boxes.choose(box)
        if box is not None and is_new:
            self.ensureVisible(box.boundingRect(), MARGIN, MARGIN)
        self.setAccessibleDescription(box.told if box else "")
        self._follow_box()

    @property
    def choice(self) -> int | None:
        """The id of the number that is marked; None where none is."""
        return self._boxes.chosen.number.id if self._boxes.chosen else None

    def type_on(self, id: int, which: int | None = None, text: str | None = None) -> None:
        """Open a line on a number, to type what it is.

        Args:
            id: of the number.
            which: the digit, from 0, that the first key replaces; None for all of them.
            text: what was typed already, in place of what the number is now.
        """
        self.choose(id)
        box = self._boxes[id]
        self.edit.open_line(box.number, self._place_of(box), which, text)

    def close_line(self) -> None:
        """Put the line away; what was typed in it has been taken."""
        self.edit.leave()

    def finish(self) -> None:
        """Take what is being typed, and where keys have moved a box to."""
        self.edit.close_line()
        self.settle()

    def box_in_the_middle(self) -> Box:
        """A box in the middle of what is seen, as large as the other ones."""
        middle = self.mapToScene(self.viewport().rect().center())
        place = QRectF(QPointF(0, 0), self._boxes.usual() or NEW * self.pixel)
        place.moveCenter(middle)
        return whole(place)

    # How large it is shown

    def zoom_in(self) -> None:
        """Show it a step larger, what is chosen in the middle."""
        self._zoom_at_choice(STEP)

    def come_closer(self) -> None:
        """Show the chosen number large enough to be read, if it is not."""
        if self._boxes.chosen is not None:
            high = self._boxes.chosen.rect.height() / self.pixel
            if high < LEGIBLE:
                self._zoom_at_choice(min(LEGIBLE / high, LARGEST))

    def zoom_out(self) -> None:
        """Show it a step smaller."""
        self._zoom_at_choice(1 / STEP)

    def _zoom_at_choice(self, factor: float) -> None:
        self.zoom_around(self._boxes.chosen.rect.center() if self._boxes.chosen else None, factor)

    def _follow_box(self) -> None:
        if self.edit.isVisible() and self._boxes.chosen is not None:
            self.edit.place(self._place_of(self._boxes.chosen))

    def _place_of(self, box: NumberBox) -> QRectF:
        """Where a number's box is on the viewport."""
        return QRectF(self.mapFromScene(box.rect).boundingRect())

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        chosen = self._boxes.chosen
        if key in ARROWS and keys == Qt.KeyboardModifier.NoModifier:
            self.stepped.emit(1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1)
        elif chosen is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._nudge(chosen, ARROWS[Qt.Key(key)], resizes=bool(keys & Qt.KeyboardModifier.ShiftModifier))
        elif event.text() and event.text() in "0123456789.,":
            self.type_on(chosen.number.id, text=event.text())
        elif key == Qt.Key.Key_F2:
            self.type_on(chosen.number.id)
        else:
            super().keyPressEvent(event)

    def _nudge(self, box: NumberBox, way: QPointF, resizes: bool) -> None:
        sides: Sides = (1 if way.x() else 0, 1 if way.y() else 0) if resizes else (0, 0)
        box.become(resized(box.rect, sides, way * NUDGE * self.pixel, LEAST * self.pixel))
        self._nudged.start()

    def settle(self) -> None:
        """Have a box read where keys have moved it to."""
        self._nudged.stop()
        box = self._boxes.chosen
        if box is not None and whole(box.rect) != box.number.box and not self._is_dragging:
            wanted = whole(box.rect)
            box.show_number(box.number)  # where it stays if it can't be moved there
            self.moved.emit(box.number.id, wanted)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.has_picture:
            place = self.mapToScene(event.position().toPoint())
            self.setFocus()
            self._press, self._taken, self._is_dragging = place, self._boxes.taken_at(place), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None or self._pan is not None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        if (at - self.mapFromScene(self._press)).manhattanLength() >= DRAGGED:
            self._is_dragging = True
        if self._is_dragging:
            self._drag(self._press, self.mapToScene(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        press, taken, was_dragging = self._press, self._taken, self._is_dragging
        self._press, self._taken, self._is_dragging = None, None, False
        drawn = self._new.rect()
        self._new.hide()
        if taken is None and was_dragging:
            if min(drawn.width(), drawn.height()) >= LEAST * self.pixel:
                self.drawn.emit(whole(drawn))
        elif taken is None:
            self.chosen.emit(None)
        elif was_dragging:
            self.settle()
        else:
            self.chosen.emit(taken.box.number.id)
            self.type_on(taken.box.number.id, taken.box.digit_at(press))

    def _drag(self, press: QPointF, place: QPointF) -> None:
        if self._taken is None:
            self._new.setRect(QRectF(press, place).normalized())
            self._new.show()
            return
        box, sides, before = self._taken
        if box is not self._boxes.chosen:
            self.chosen.emit(box.number.id)
        box.become(resized(before, sides, place - press, LEAST * self.pixel))
        self._follow_box()

    def _pen_of_new(self) -> QPen:
        pen = QPen(self.palette().highlight().color(), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        return pen


def whole(rect: QRectF) -> Box:
    """A box in whole pixels."""
    return round(rect.left()), round(rect.top()), round(rect.right()), round(rect.bottom())
