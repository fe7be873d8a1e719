"""The picture of a page with a box over each number: zoom, boxes that the mouse and keys move, and typing on them."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QPinchGesture

from digitpad.numbers.page import Box
from digitpad.pad.pages import CheckedPage
from digitpad_desktop.number_box import NumberBox, Sides, resized
from digitpad_desktop.number_boxes import NumberBoxes, Taken
from digitpad_desktop.number_edit import NumberEdit

STEP = 1.25  # times as large with each step of the zoom
LARGEST = 16.0  # screen pixels for one of the picture, at most
MARGIN = 28  # screen pixels around the picture, for labels and handles
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


class PageView(QGraphicsView):
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
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._picture)
        self._size = QSizeF(1, 1)
        self._boxes = NumberBoxes(self._scene)
        self._fits = True
        self._press: QPointF | None = None  # where in the picture the mouse went down
        self._taken: Taken | None = None
        self._is_dragging = False
        self._pan: QPoint | None = None
        self._new = self._scene.addRect(QRectF(), self._pen_of_new())
        self._new.setZValue(2)
        self._new.hide()
        self._nudged = QTimer(self, singleShot=True, interval=PAUSE)
        self._nudged.timeout.connect(self.settle)
        self.edit = NumberEdit(self.viewport())
        self.edit.typed.connect(self.typed)
        self.edit.left.connect(self.setFocus)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setBackgroundBrush(self.palette().brush(QPalette.ColorRole.Window))
        self.setMinimumSize(160, 120)
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName("The page")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self._follow_box)

    # What is shown

    def show_page(self, page: CheckedPage | None) -> None:
        """Show another page, as large as it fits in; nothing for None."""
        self._boxes.follow(())
        picture = QPixmap()
        self._size = QSizeF(1, 1)
        if page is not None:
            picture.loadFromData(page.image)
            self._size = QSizeF(*page.size)
        self._picture.setPixmap(picture)
        self._picture.setScale(self._size.width() / max(picture.width(), 1))
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
        place = QRectF(QPointF(0, 0), self._boxes.usual() or NEW * self._pixel)
        place.moveCenter(middle)
        return whole(place)

    # How large it is shown

    def fit(self) -> None:
        """Show the whole page."""
        self._fits = True
        self.resetTransform()
        room = self.viewport().size()
        wide, high = max(room.width() - 2 * MARGIN, 20), max(room.height() - 2 * MARGIN, 20)
        scale = min(wide / self._size.width(), high / self._size.height(), LARGEST)
        self._scale(scale)
        self.centerOn(self._size.width() / 2, self._size.height() / 2)

    def zoom(self, factor: float) -> None:
        """Show it so many times as large, but not beyond what is of use."""
        smallest = 0.25 * min(self.width() / self._size.width(), self.height() / self._size.height())
        scale = min(max(self.transform().m11() * factor, smallest), LARGEST)
        self._fits = False
        self._scale(scale / self.transform().m11())

    def zoom_in(self) -> None:
        """Show it a step larger, what is chosen in the middle."""
        self._zoom_at_choice(STEP)

    def come_closer(self) -> None:
        """Show the chosen number large enough to be read, if it is not."""
        if self._boxes.chosen is not None:
            high = self._boxes.chosen.rect.height() / self._pixel
            if high < LEGIBLE:
                self._zoom_at_choice(min(LEGIBLE / high, LARGEST))

    def zoom_out(self) -> None:
        """Show it a step smaller."""
        self._zoom_at_choice(1 / STEP)

    @property
    def _pixel(self) -> float:
        return 1 / self.transform().m11()

    def _zoom_at_choice(self, factor: float) -> None:
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom(factor)
        if self._boxes.chosen is not None:
            self.centerOn(self._boxes.chosen.rect.center())
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def _scale(self, factor: float) -> None:
        room = MARGIN / (self.transform().m11() * factor)
        self._scene.setSceneRect(QRectF(QPointF(0, 0), self._size).adjusted(-room, -room, room, room))
        self.scale(factor, factor)
        self._boxes.zoom(self._pixel)
        self._follow_box()

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
        box.become(resized(box.rect, sides, way * NUDGE * self._pixel, LEAST * self._pixel))
        self._nudged.start()

    def settle(self) -> None:
        """Have a box read where keys have moved it to."""
        self._nudged.stop()
        box = self._boxes.chosen
        if box is not None and whole(box.rect) != box.number.box and not self._is_dragging:
            wanted = whole(box.rect)
            box.show_number(box.number)  # where it stays if it can't be moved there
            self.moved.emit(box.number.id, wanted)

    # The mouse, and fingers

    def wheelEvent(self, event: QWheelEvent) -> None:
        is_pad = event.phase() is not Qt.ScrollPhase.NoScrollPhase and not event.pixelDelta().isNull()
        if is_pad and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)  # two fingers push the page
        else:
            self.zoom(STEP ** (event.angleDelta().y() / 120))
            event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor())
                return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value())
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.mapToScene(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() is Qt.MouseButton.LeftButton and not self._picture.pixmap().isNull():
            self.setFocus()
            self._press, self._taken, self._is_dragging = place, self._boxes.taken_at(place), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pan is not None:
            by, self._pan = at - self._pan, at
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setValue(across.value() - by.x())
            down.setValue(down.value() - by.y())
        elif self._press is None:
            super().mouseMoveEvent(event)  # the cursor follows what is under it
        else:
            place = self.mapToScene(at)
            if (at - self.mapFromScene(self._press)).manhattanLength() >= DRAGGED:
                self._is_dragging = True
            if self._is_dragging:
                self._drag(self._press, place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan = None
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        if event.button() is not Qt.MouseButton.LeftButton or self._press is None:
            return
        press, taken, was_dragging = self._press, self._taken, self._is_dragging
        self._press, self._taken, self._is_dragging = None, None, False
        drawn = self._new.rect()
        self._new.hide()
        if taken is None and was_dragging:
            if min(drawn.width(), drawn.height()) >= LEAST * self._pixel:
                self.drawn.emit(whole(drawn))
        elif taken is None:
            self.chosen.emit(None)
        elif was_dragging:
            self.settle()
        else:
            self.chosen.emit(taken.box.number.id)
            self.type_on(taken.box.number.id, taken.box.digit_at(press))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        self._follow_box()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.setBackgroundBrush(self.palette().brush(QPalette.ColorRole.Window))
        super().changeEvent(event)

    def _drag(self, press: QPointF, place: QPointF) -> None:
        if self._taken is None:
            self._new.setRect(QRectF(press, place).normalized())
            self._new.show()
            return
        box, sides, before = self._taken
        if box is not self._boxes.chosen:
            self.chosen.emit(box.number.id)
        box.become(resized(before, sides, place - press, LEAST * self._pixel))
        self._follow_box()

    def _pen_of_new(self) -> QPen:
        pen = QPen(self.palette().highlight().color(), 2, Qt.PenStyle.DashLine)
        pen.setCosmetic(True)
        return pen


def whole(rect: QRectF) -> Box:
    """A box in whole pixels."""
    return round(rect.left()), round(rect.top()), round(rect.right()), round(rect.bottom())
