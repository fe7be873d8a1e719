"""The canvas: what the pen leaves on the screen."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from digitpad.glyphs.strokes import Stroke
from digitpad.pad.pad import Change, Pad
from digitpad.pad.words import HOW_TO_DRAW, hint, invitation
from digitpad_desktop.images import to_image
from digitpad_desktop.layer import EDGE, Layer, on_white, paint_tail
from digitpad_desktop.painting import painter_on
from digitpad_desktop.teach_keys import choice_of

STEP, SMALL_STEP = 12.0, 2.0  # pixels that an arrow key moves the pen; with Shift
BESIDE = 2.0  # pixels between a digit and the box around it
CORNER = 8.0  # pixels of the paper's rounded corners
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Paper to draw on with a mouse, a finger, a tablet's pen, or the keyboard.

    Signals:
        named: a key says what is drawn: 0 to 9, or None for no digit.
    """

    named = Signal(object)

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self._layer = Layer()
        self._picture = QImage()
        self._hint = ""
        self._scale = 1.0  # pixels of the window for each of the drawing's
        self._tip: QPointF | None = None  # where the keyboard's pen is
        self._is_down = False
        self.setMinimumSize(220, 274)  # beside it there is just room for the answer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMouseTracking(True)  # a digit of several is looked at while the mouse is on it
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(HOW_TO_DRAW)
        pad.subscribe(self._follow)

    def sizeHint(self) -> QSize:
        """As large as fits beside the reading on a laptop."""
        return QSize(520, 440)

    def drawing(self) -> QImage:
        """The drawing, or the picture that was brought in, for a file or the clipboard."""
        content = self._pad.drawing.content
        image: QImage
        image = on_white(content.strokes, self.size()) if content.picture is None else to_image(content.picture)
        return image

    def leave(self) -> None:
        """Show no more of what is drawn, before it goes."""
        self.lift()
        self._pad.unsubscribe(self._follow)

    def _follow(self, change: Change) -> None:
        if change is Change.DRAWING:
            picture = self._pad.drawing.content.picture
            self._picture = QImage() if picture is None else to_image(picture)
            if not self._pad.drawing.is_drawing:
                self._is_down = False  # something else has come between
            self._paint_strokes()
        if change in (Change.READING, Change.POINTED):
            self.update()
        if change in (Change.DRAWING, Change.PEN):
            self._hint = hint(self._pad.drawing, self._pad.erases)
            self.setAccessibleDescription(f"{self._hint} {HOW_TO_DRAW}".strip())
            self.update()

    def _paint_strokes(self) -> None:
        strokes = self._pad.drawing.content.strokes
        if not self._pad.drawing.is_drawing:  # the pen, which stays inside, does not change it
            self._scale = self._to_fit(strokes)
        ratio = self.devicePixelRatioF() * self._scale
        self._layer.follow(strokes, self.size() / self._scale, ratio, self.palette().text().color())

    def _to_fit(self, strokes: tuple[Stroke, ...]) -> float:
        """The scale at which all strokes are seen: a larger canvas may have been drawn on, before or in the past."""
        points = [point for stroke in strokes for point in stroke.points]
        right, bottom = (max(places) for places in zip(*points, strict=True)) if points else (0.0, 0.0)
        if right <= self.width() and bottom <= self.height():
            return 1.0
        scale: float = min(1.0, self.width() / (right + EDGE), self.height() / (bottom + EDGE))
        return scale

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        frame = self.palette().highlight().color() if self.hasFocus() else self.palette().mid().color()
        painter.setPen(QPen(frame, 2 if self.hasFocus() else 1))
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        if not self._picture.isNull():
            place = self._place_of_picture()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._picture.hasAlphaChannel():  # on which black ink can be seen, and white
                painter.fillRect(place, QColor(Qt.GlobalColor.gray))
            painter.drawImage(place, self._picture)
        elif self._layer.strokes:
            painter.save()
            painter.scale(self._scale, self._scale)
            painter.drawImage(0, 0, self._layer.image)
            last = self._layer.strokes[-1]
            paint_tail(painter, last, (self.palette().base() if last.erases else self.palette().text()).color())
            painter.restore()
        else:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, invitation(self._pad.erases))
        self._paint_boxes(painter)
        if self._hint:
            self._paint_hint(painter)
        if self._tip is not None and self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.setBrush(self.palette().highlight() if self._is_down else Qt.BrushStyle.NoBrush)
            radius = self._pad.tip * self._scale / 2
            painter.drawEllipse(self._tip, radius, radius)
        painter.end()

    def _place_of_picture(self) -> QRectF:
        """Where on the paper a picture is shown that was brought in."""
        fitted = self._picture.size().scaled(self.size() * 0.9, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(), fitted.toSizeF())
        place.moveCenter(QRectF(self.rect()).center())
        return place

    def _boxes(self) -> list[QRectF]:
        """Where on the paper the digits of a number are, while it is what was read last."""
        page = self._pad.page
        if page is None or not (self._pad.is_read or self._pad.drawing.is_drawing):
            return []
        corner, scale = QPointF(), self._scale
        if not self._picture.isNull():
            place = self._place_of_picture()
            corner, scale = place.topLeft(), place.width() / self._picture.width()
        return [
            QRectF(QPointF(*digit.box[:2]) * scale, QPointF(*digit.box[2:]) * scale).translated(corner)
            for digit in page.digits
        ]

    def _paint_boxes(self, painter: QPainter) -> None:
        """Show which ink made which digit, and which of them is looked at."""
        colour = self.palette().highlight().color()
        for place, box in enumerate(self._boxes()):
            is_pointed = place == self._pad.pointed
            painter.setPen(QPen(colour, 2.5 if is_pointed else 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-BESIDE, -BESIDE, BESIDE, BESIDE), 4, 4)

    def _paint_hint(self, painter: QPainter) -> None:
        """A sentence at the lower edge, on the paper itself: beside it, it would move the paper under the pen."""
        how = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = QRectF(self.rect()).adjusted(CORNER, CORNER, -CORNER, -CORNER)
        place = painter.boundingRect(room, how, self._hint)
        place.moveBottom(room.bottom())
        painter.fillRect(place.adjusted(-4, -2, 4, 2), self.palette().base())
        painter.setPen(self.palette().text().color())
        painter.drawText(place, how, self._hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._paint_strokes()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_strokes()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.lift()
            self._tip = None
            self._press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_down:
            self._draw_to(event.position())
            return
        under = [place for place, box in enumerate(self._boxes()) if box.contains(event.position())]
        if under and self._pad.pointed not in under:
            self._pad.point_at(under[0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.lift()

    def tabletEvent(self, event: QTabletEvent) -> None:
        has_pressure = event.pointingDevice().capabilities() & QPointingDevice.Capability.Pressure
        pressure = event.pressure() if has_pressure else 1.0
        match event.type():
            case QEvent.Type.TabletPress:
                is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
                self._press(event.position(), pressure, is_eraser)
            case QEvent.Type.TabletMove if self._is_down:
                self._draw_to(event.position(), pressure)
            case QEvent.Type.TabletRelease:
                self.lift()
        event.accept()  # or Qt would send the same once more as a mouse's

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.lift()  # a dialog, say, has come between
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # a Mac sets it for every arrow
        if event.key() in ARROWS and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self._move_tip(*ARROWS[Qt.Key(event.key())], bool(modifiers))
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._put_down_or_lift()
        elif event.key() == Qt.Key.Key_Escape and self._is_down:
            self.lift()
        elif choice := choice_of(event):
            self.lift()
            self.named.emit(*choice)
        else:
            super().keyPressEvent(event)

    def _move_tip(self, right: int, down: int, slowly: bool) -> None:
        step = SMALL_STEP if slowly else STEP
        tip = (self._tip or QPointF(self.rect().center())) + QPointF(right, down) * step
        self._tip = self._inside(tip)
        if self._is_down:
            self._draw_to(self._tip)
        self.update()

    def _put_down_or_lift(self) -> None:
        if self._is_down:
            self.lift()
            return
        self._tip = self._tip or QPointF(self.rect().center())
        self._press(self._tip)

    def _press(self, place: QPointF, pressure: float = 1.0, erases: bool = False) -> None:
        self._is_down = True
        place = self._inside(place) / self._scale
        self._pad.press(place.x(), place.y(), pressure, erases)

    def _draw_to(self, place: QPointF, pressure: float = 1.0) -> None:
        place = self._inside(place) / self._scale
        self._pad.move(place.x(), place.y(), pressure)

    def _inside(self, place: QPointF) -> QPointF:
        """The nearest place on the paper: what nobody sees is not to be read."""
        edge = 0.0 if self._scale == 1 else EDGE * self._scale  # beyond which all would have to shrink once more
        return QPointF(min(max(place.x(), 0), self.width() - edge), min(max(place.y(), 0), self.height() - edge))

    def lift(self) -> None:
        """Lift the pen, if it is down."""
        if self._is_down:
            self._is_down = False
            self._pad.release()
            self.update()
