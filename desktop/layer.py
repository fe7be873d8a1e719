"""Strokes as an image: what is painted once stays, so that a long drawing is as quick as a short one."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from digitpad.glyphs.strokes import Stroke
from digitpad_desktop.painting import painter_on

EDGE = 30  # pixels beyond the outermost point that the widest pen reaches


class Layer:
    """Strokes on a transparent image at the screen's own resolution.

    Attributes:
        image: all of them, but for the tail of the last one, which its next point would bend.
        strokes: those that are painted.
    """

    def __init__(self) -> None:
        self.image = QImage()
        self.strokes: tuple[Stroke, ...] = ()
        self._colour = QColor()

    def follow(self, strokes: tuple[Stroke, ...], size: QSize, ratio: float, colour: QColor) -> None:
        """Paint what is new; all of it where something has gone, or the image must be another.

        Args:
            strokes: all that are to be seen.
            size: of the paper.
            ratio: pixels of the screen for each of the paper's.
            colour: of the ink.
        """
        pixels = QSize(ceil(size.width() * ratio), ceil(size.height() * ratio))
        is_another = self.image.size() != pixels or self.image.devicePixelRatio() != ratio
        if is_another or self._colour != colour or not self._goes_on(strokes):
            self.image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
            self.image.setDevicePixelRatio(ratio)
            self.image.fill(Qt.GlobalColor.transparent)
            self.strokes, self._colour = (), colour
        modes = QPainter.CompositionMode
        painter = painter_on(self.image)
        for index in range(max(0, len(self.strokes) - 1), len(strokes)):
            stroke = strokes[index]
            known = len(self.strokes[index].points) if index < len(self.strokes) else 1
            erases = modes.CompositionMode_DestinationOut if stroke.erases else modes.CompositionMode_SourceOver
            painter.setCompositionMode(erases)
            _paint(painter, stroke, colour, known)
            if index < len(strokes) - 1:
                paint_tail(painter, stroke, colour)
        painter.end()
        self.strokes = strokes

    def _goes_on(self, strokes: tuple[Stroke, ...]) -> bool:
        """Whether these are the strokes that are painted, the last one perhaps longer, and perhaps further ones."""
        if not self.strokes:
            return True
        *finished, last = self.strokes
        if len(strokes) <= len(finished) or any(old is not new for old, new in zip(finished, strokes, strict=False)):
            return False
        return strokes[len(finished)].points[: len(last.points)] == last.points


def on_white(strokes: tuple[Stroke, ...], size: QSize) -> QImage:
    """Strokes black on white, at twice the size, for a file or the clipboard.

    Args:
        strokes: what is drawn.
        size: of the paper; what lies beyond it, since a window was made smaller, is there too.
    """
    points = [point for stroke in strokes for point in stroke.points]
    width = max([size.width(), *(ceil(x) + EDGE for x, _ in points)])
    height = max([size.height(), *(ceil(y) + EDGE for _, y in points)])
    image = QImage(width * 2, height * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    image.fill(Qt.GlobalColor.white)
    painter = painter_on(image)
    for stroke in strokes:
        colour = QColor(Qt.GlobalColor.white if stroke.erases else Qt.GlobalColor.black)
        _paint(painter, stroke, colour)
        paint_tail(painter, stroke, colour)
    painter.end()
    return image


def _paint(painter: QPainter, stroke: Stroke, colour: QColor, start: int = 1) -> None:
    """Paint a stroke from its point `start` on, but for its tail: a curve through the middles between its points."""
    points = stroke.points
    for index in range(start, len(points)):
        before, here = QPointF(*points[index - 1]), QPointF(*points[index])
        path = QPainterPath((QPointF(*points[index - 2]) + before) / 2 if index > 1 else before)
        path.quadTo(before, (before + here) / 2)
        painter.strokePath(path, _pen(colour, stroke.widths[index]))


def paint_tail(painter: QPainter, stroke: Stroke, colour: QColor) -> None:
    """Paint the end of a stroke, from the last middle to the last point."""
    here = QPointF(*stroke.points[-1])
    painter.setPen(_pen(colour, stroke.widths[-1]))
    if len(stroke.points) == 1:
        painter.drawPoint(here)
    else:
        painter.drawLine((QPointF(*stroke.points[-2]) + here) / 2, here)


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
