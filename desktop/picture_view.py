"""A picture that one looks at closely: as large as it fits in, or zoomed and pushed."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QPinchGesture

STEP = 1.25  # times as large with each step of the zoom
LARGEST = 16.0  # screen pixels for one of the picture, at most
MARGIN = 28  # screen pixels around the picture, for labels and handles


class PictureView(QGraphicsView):
    """A picture that the wheel, fingers and keys zoom, and the middle button pushes.

    Signals:
        zoomed: how many of the picture's pixels one of the screen's is now.
        shifted: something of it is seen at another place of the view.
    """

    zoomed = Signal(float)
    shifted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._picture)
        self._size = QSizeF(1, 1)
        self._fits = True
        self._pan: QPoint | None = None  # where the middle button has taken it
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setBackgroundBrush(self.palette().brush(QPalette.ColorRole.Window))
        self.setMinimumSize(160, 120)
        self.setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.shifted)

    def show_picture(self, content: bytes, size: tuple[int, int]) -> None:
        """Show another picture.

        Args:
            content: of a picture file, which may be smaller; empty for none.
            size: width and height of the picture itself, in pixels.
        """
        picture = QPixmap()
        picture.loadFromData(content)
        self._size = QSizeF(*size)
        self._picture.setPixmap(picture)
        self._picture.setScale(self._size.width() / max(picture.width(), 1))

    @property
    def has_picture(self) -> bool:
        """Whether there is a picture."""
        return not self._picture.pixmap().isNull()

    @property
    def pixel(self) -> float:
        """How many of the picture's pixels one of the screen's is."""
        return 1 / self.transform().m11()

    # How large it is shown

    def fit(self) -> None:
        """Show all of it."""
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

    def zoom_around(self, middle: QPointF | None, factor: float) -> None:
        """Zoom with a place of the picture in the middle, or what is there now."""
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom(factor)
        if middle is not None:
            self.centerOn(middle)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)

    def _scale(self, factor: float) -> None:
        room = MARGIN / (self.transform().m11() * factor)
        self._scene.setSceneRect(QRectF(QPointF(0, 0), self._size).adjusted(-room, -room, room, room))
        self.scale(factor, factor)
        self.zoomed.emit(self.pixel)
        self.shifted.emit()

    # What Qt tells the view

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
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pan is None:
            super().mouseMoveEvent(event)  # the cursor follows what is under it
            return
        at = event.position().toPoint()
        by, self._pan = at - self._pan, at
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - by.x())
        down.setValue(down.value() - by.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            self._pan = None
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self.fit()
        self.shifted.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.PaletteChange:
            self.setBackgroundBrush(self.palette().brush(QPalette.ColorRole.Window))
        super().changeEvent(event)
