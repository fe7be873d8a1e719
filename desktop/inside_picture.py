"""One map, large, with the place of it that is looked at."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad_desktop.canvas import ARROWS
from digitpad_desktop.painting import painter_on

LARGEST = 20  # lines of the font that it is high at most


class MapPicture(QWidget):
    """A map, each of its pixels a square, with a frame around some of them.

    Args:
        is_pointed: whether the mouse and the arrow keys move the frame.

    Signals:
        pointed: the row and the column under the mouse, or where the arrows lead.
    """

    pointed = Signal(int, int)

    def __init__(self, is_pointed: bool) -> None:
        super().__init__()
        self._image, self._frame, self._caption = QImage(), QRect(), ""
        self._is_pointed = is_pointed
        self.setMinimumWidth(90)
        if is_pointed:
            self.setMouseTracking(True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_map(self, image: QImage, frame: QRect, caption: str) -> None:
        """Show another map.

        Args:
            image: each of its pixels one of the map's.
            frame: the pixels in the frame; what is over the edge is left away.
            caption: what stands below it.
        """
        self._image = image
        self._frame, self._caption = frame, caption
        self.setAccessibleName(caption)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.fontMetrics().height()
        self.setFixedHeight(min(self.width(), LARGEST * line) + line + 4)  # a square, and the caption below it

    def _place(self) -> QRectF:
        side = min(self.width(), self.height() - self.fontMetrics().height() - 4)
        if self._image.isNull():
            return QRectF(0, 0, side, side)
        cell = side / max(self._image.width(), self._image.height())
        return QRectF(0, 0, cell * self._image.width(), cell * self._image.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        place = self._place()
        if not self._image.isNull():
            painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform, on=False)
            painter.drawImage(place, self._image)
            if not self._frame.isEmpty():
                cell = place.width() / self._image.width()
                frame = QRectF(QPointF(self._frame.topLeft()) * cell, self._frame.size().toSizeF() * cell)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor("black"), 4))
                painter.drawRect(frame)
                painter.setPen(QPen(QColor("#ffd43b"), 2))
                painter.drawRect(frame)
            if self.hasFocus():
                painter.setPen(QPen(self.palette().highlight().color(), 2))
                painter.drawRect(place)
        painter.setPen(self.palette().placeholderText().color())
        below = QRectF(0, place.bottom() + 3, self.width(), self.fontMetrics().height())
        caption = self.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, caption)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_pointed and not self._image.isNull():
            place = self._place()
            cell = place.width() / self._image.width()
            if place.contains(event.position()):
                self.pointed.emit(int(event.position().y() / cell), int(event.position().x() / cell))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_pointed and event.key() in ARROWS and not self._image.isNull():
            right, down = ARROWS[Qt.Key(event.key())]
            row = min(max(self._frame.top() + down, 0), self._image.height() - 1)
            column = min(max(self._frame.left() + right, 0), self._image.width() - 1)
            self.pointed.emit(row, column)
        else:
            super().keyPressEvent(event)
