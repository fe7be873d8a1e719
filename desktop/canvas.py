"""The canvas: what the pen leaves on the screen."""

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from digitpad.drawing import Stroke
from digitpad_desktop.images import to_image
from digitpad_desktop.pad import Change, Pad

STEP, SMALL_STEP = 12.0, 2.0  # pixels that an arrow key moves the pen; with Shift
EDGE = 30  # pixels around what is saved, for the pen's width
CORNER = 8.0  # pixels of the paper's rounded corners
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Canvas(QWidget):
    """Paper to draw on with a mouse, a finger, a tablet's pen, or the keyboard."""

    def __init__(self, pad: Pad) -> None:
        super().__init__()
        self._pad = pad
        self._layer = QImage()  # the strokes, at the screen's own resolution
        self._painted: tuple[Stroke, ...] = ()
        self._picture = QImage()
        self._tip: QPointF | None = None  # where the keyboard's pen is
        self._is_down = False
        self.setMinimumSize(220, 220)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "Draw a digit here with the mouse, or with the arrow keys; Space puts the pen down and lifts it."
        )
        pad.subscribe(self._follow)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As large as fits beside the reading on a laptop."""
        return QSize(520, 440)

    def drawing(self) -> QImage:
        """The drawing as it is on the paper, black on white, for a file or the clipboard."""
        content = self._pad.drawing.content
        image: QImage
        if content.picture is not None:
            image = to_image(content.picture)
            return image
        # A window that was made smaller hides some of it.
        points = [point for stroke in content.strokes for point in stroke.points]
        width = max(self.width(), *(ceil(x) + EDGE for x, _ in points), 0)
        height = max(self.height(), *(ceil(y) + EDGE for _, y in points), 0)
        image = QImage(width * 2, height * 2, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(2)
        image.fill(Qt.GlobalColor.white)
        painter = _painter(image)
        for stroke in content.strokes:
            colour = QColor(Qt.GlobalColor.white if stroke.erases else Qt.GlobalColor.black)
            _paint(painter, stroke, colour)
            _paint_tail(painter, stroke, colour)
        painter.end()
        return image

    def _follow(self, change: Change) -> None:
        if change is Change.DRAWING:
            picture = self._pad.drawing.content.picture
            self._picture = QImage() if picture is None else to_image(picture)
            if not self._pad.drawing.is_drawing:
                self._is_down = False  # something else has come between
            self._repaint_strokes()
            self.update()

    def _repaint_strokes(self) -> None:
        """Bring the layer up to date; of a stroke that grows, only what is new is painted."""
        strokes, painted = self._pad.drawing.content.strokes, self._painted
        size: QSize = self.size() * self.devicePixelRatioF()
        if self._layer.size() != size:
            self._layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
            self._layer.setDevicePixelRatio(self.devicePixelRatioF())
            painted = ()
            self._layer.fill(Qt.GlobalColor.transparent)
        finished = painted[:-1]
        if len(strokes) < len(painted) or any(old is not new for old, new in zip(finished, strokes, strict=False)):
            painted, finished = (), ()
            self._layer.fill(Qt.GlobalColor.transparent)
        grows = bool(painted) and strokes[len(painted) - 1].points[: len(painted[-1].points)] == painted[-1].points
        if painted and not grows:
            painted, finished = (), ()
            self._layer.fill(Qt.GlobalColor.transparent)
        painter = _painter(self._layer)
        for index in range(len(finished), len(strokes)):
            stroke = strokes[index]
            known = len(painted[index].points) if index < len(painted) else 0
            is_last = index == len(strokes) - 1
            if stroke.erases:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
            else:
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            _paint(painter, stroke, self.palette().text().color(), max(1, known))
            if not is_last:
                _paint_tail(painter, stroke, self.palette().text().color())
        painter.end()
        self._painted = strokes

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        painter = _painter(self)
        frame = self.palette().highlight().color() if self.hasFocus() else self.palette().mid().color()
        painter.setPen(QPen(frame, 2 if self.hasFocus() else 1))
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), CORNER, CORNER)
        if not self._picture.isNull():
            fitted = self._picture.size().scaled(self.size() * 0.9, Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(QPointF(), fitted.toSizeF())
            place.moveCenter(QRectF(self.rect()).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._picture.hasAlphaChannel():  # on which black ink can be seen, and white
                painter.fillRect(place, QColor(Qt.GlobalColor.gray))
            painter.drawImage(place, self._picture)
        elif self._painted:
            painter.drawImage(0, 0, self._layer)
            last = self._painted[-1]
            _paint_tail(painter, last, (self.palette().base() if last.erases else self.palette().text()).color())
        else:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "Draw a digit from 0 to 9 here")
        if self._tip is not None and self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.setBrush(self.palette().highlight() if self._is_down else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._tip, self._pad.width / 2, self._pad.width / 2)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        self._repaint_strokes()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802, D102
        if event.type() == QEvent.Type.PaletteChange:
            self._painted = ()
            self._layer = QImage()
            self._repaint_strokes()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        if event.button() == Qt.MouseButton.LeftButton:
            self.lift()
            self._tip = None
            place = self._inside(event.position())
            self._is_down = True
            self._pad.press(place.x(), place.y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        if self._is_down:
            place = self._inside(event.position())
            self._pad.move(place.x(), place.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802, D102
        if event.button() == Qt.MouseButton.LeftButton:
            self.lift()

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802, D102
        place = self._inside(event.position())
        has_pressure = event.pointingDevice().capabilities() & QPointingDevice.Capability.Pressure
        pressure = event.pressure() if has_pressure else 1.0
        match event.type():
            case QEvent.Type.TabletPress:
                is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
                self._is_down = True
                self._pad.press(place.x(), place.y(), pressure, erases=is_eraser)
            case QEvent.Type.TabletMove if self._is_down:
                self._pad.move(place.x(), place.y(), pressure)
            case QEvent.Type.TabletRelease:
                self.lift()
        event.accept()  # or Qt would send the same once more as a mouse's

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802, D102
        self.lift()  # a dialog, say, has come between
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # a Mac sets it for every arrow
        if event.key() in ARROWS and not modifiers & ~Qt.KeyboardModifier.ShiftModifier:
            self._move_tip(*ARROWS[Qt.Key(event.key())], bool(modifiers))
        elif event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._put_down_or_lift()
        elif event.key() == Qt.Key.Key_Escape and self._is_down:
            self.lift()
        else:
            super().keyPressEvent(event)

    def _move_tip(self, right: int, down: int, slowly: bool) -> None:
        step = SMALL_STEP if slowly else STEP
        tip = (self._tip or QPointF(self.rect().center())) + QPointF(right, down) * step
        self._tip = tip = self._inside(tip)
        if self._is_down:
            self._pad.move(tip.x(), tip.y())
        self.update()

    def _put_down_or_lift(self) -> None:
        if self._is_down:
            self.lift()
            return
        self._tip = self._tip or QPointF(self.rect().center())
        self._is_down = True
        self._pad.press(self._tip.x(), self._tip.y())

    def _inside(self, place: QPointF) -> QPointF:
        """The nearest place on the paper: what nobody sees is not to be read."""
        return QPointF(min(max(place.x(), 0), self.width()), min(max(place.y(), 0), self.height()))

    def lift(self) -> None:
        """Lift the pen, if it is down."""
        if self._is_down:
            self._is_down = False
            self._pad.release()
            self.update()


def _painter(surface: QWidget | QImage) -> QPainter:
    painter = QPainter(surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def _paint(painter: QPainter, stroke: Stroke, colour: QColor, start: int = 1) -> None:
    """Paint a stroke from its point `start` on, but for its tail: a curve through the middles between its points."""
    points = stroke.points
    for index in range(start, len(points)):
        before, here = QPointF(*points[index - 1]), QPointF(*points[index])
        path = QPainterPath((QPointF(*points[index - 2]) + before) / 2 if index > 1 else before)
        path.quadTo(before, (before + here) / 2)
        painter.strokePath(path, _pen(colour, stroke.widths[index]))


def _paint_tail(painter: QPainter, stroke: Stroke, colour: QColor) -> None:
    """Paint the end of a stroke, from the last middle to the last point, which the next point would bend."""
    here = QPointF(*stroke.points[-1])
    painter.setPen(_pen(colour, stroke.widths[-1]))
    if len(stroke.points) == 1:
        painter.drawPoint(here)
    else:
        painter.drawLine((QPointF(*stroke.points[-2]) + here) / 2, here)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
