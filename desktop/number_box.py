"""One number on a page: its box, which the mouse moves and resizes, and what was read in it."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsSceneHoverEvent, QStyleOptionGraphicsItem, QWidget

from digitpad.pad.checked import CheckedNumber

# White letters have at least 4.5 to 1 on each. What they mean is told by shape too: a box in doubt is dashed and its
# label ends in a question mark, one that a person has looked at has a tick.
SURE, DOUBTFUL, LOOKED_AT = QColor("#2563eb"), QColor("#b45309"), QColor("#0f766e")
HALO = QColor(255, 255, 255, 200)  # under the lines, which are then seen on dark paper too
TICK = "✓ "
CLEAR = 3.0  # screen pixels between the frame that is drawn and what it frames: a thin 1 must not lie under its line
HANDLE = 9.0  # screen pixels of the squares by which a box is resized
NEAR = 7.0  # screen pixels within which an edge is taken
LETTERS = 10, 24  # screen pixels that a label's letters are high, at least and at most
LOW = 11.0  # screen pixels of a box's height, at least, for a label that is not to hide the others
SHARE = 0.4  # of the box's height that they are, between these
CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
}

Sides = tuple[int, int]  # which edges are taken: -1 left or top, 1 right or bottom, 0 neither


class Side(Enum):
    """Where a label is."""

    ABOVE = auto()
    RIGHT = auto()
    LEFT = auto()
    BELOW = auto()


class NumberBox(QGraphicsItem):
    """A number's box over the picture, in the picture's pixels; lines and letters keep their size on the screen.

    Args:
        number: what it shows.
    """

    def __init__(self, number: CheckedNumber) -> None:
        super().__init__()
        self.number = number
        self.rect = _rect(number)
        self._is_chosen = False
        self._pixel = 1.0  # of the picture for one of the screen
        self._label = QRectF()
        self._side = Side.ABOVE
        self._gives_way = False  # with its label, to the box that is chosen
        self.setAcceptHoverEvents(True)
        self.setToolTip(self.told)

    def show_number(self, number: CheckedNumber) -> None:
        """Show another state of the number."""
        self.prepareGeometryChange()
        self.number, self.rect = number, _rect(number)
        self.setToolTip(self.told)
        self._place_label()

    def choose(self, is_chosen: bool) -> None:
        """Show that it is the one that keys are for."""
        self.prepareGeometryChange()
        self._is_chosen = is_chosen
        self.setZValue(1 if is_chosen else 0)
        self._place_label()

    def make_room(self, chosen: QRectF) -> None:
        """Leave out the label where it would lie on the box that is chosen."""
        gives_way = not self._is_chosen and self._label.intersects(chosen)
        if gives_way != self._gives_way:
            self._gives_way = gives_way
            self.update()

    def zoom(self, pixel: float) -> None:
        """Follow the view's scale: how many pixels of the picture one of the screen is."""
        self.prepareGeometryChange()
        self._pixel = pixel
        self._place_label()

    def become(self, rect: QRectF) -> None:
        """Be elsewhere, while it is dragged."""
        self.prepareGeometryChange()
        self.rect = rect
        self._place_label()

    def taken_at(self, place: QPointF) -> Sides | None:
        """Which edges a mouse takes hold of at a place; (0, 0) for the whole box, None beside it."""
        near = NEAR * self._pixel
        if not self.rect.adjusted(-near, -near, near, near).contains(place):
            return (0, 0) if self._label.contains(place) and not self._gives_way else None
        if not self._is_chosen:
            return 0, 0
        within = min(near, self.rect.width() / 4), min(near, self.rect.height() / 4)
        return (
            _side(place.x(), self.rect.left(), self.rect.right(), within[0]),
            _side(place.y(), self.rect.top(), self.rect.bottom(), within[1]),
        )

    def digit_at(self, place: QPointF) -> int | None:
        """Which of the digits is the nearest to a place, from 0; the most doubtful where that is the label."""
        if self._label.contains(place) or not self.number.digits:
            return self.number.least_sure
        middles = [(digit.box[0] + digit.box[2]) / 2 for digit in self.number.digits]
        return min(range(len(middles)), key=lambda which: abs(middles[which] - place.x()))

    def boundingRect(self) -> QRectF:
        margin = (HANDLE + 2) * self._pixel
        return self.rect.adjusted(-margin, -margin, margin, margin).united(self._label)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        sides = self.taken_at(event.pos())
        if sides in CURSORS:
            self.setCursor(CURSORS[sides])
        elif sides is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        super().hoverMoveEvent(event)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colour = self.colour()
        is_dashed = self.number.needs_a_look
        painter.setBrush(Qt.BrushStyle.NoBrush)
        wide = 3.0 if self._is_chosen or is_dashed else 1.6
        painter.setPen(_pen(HALO, wide + 2))
        painter.drawRect(self._frame)
        if self._is_chosen:
            self._paint_digits(painter, colour)
        painter.setPen(_pen(colour, wide, Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine))
        painter.drawRect(self._frame)
        if not self._label.isEmpty() and not self._gives_way:
            self._paint_label(painter, colour)
        if self._is_chosen:
            self._paint_handles(painter, colour)

    def _paint_label(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        corner = 3 * self._pixel
        painter.drawRoundedRect(self._label, corner, corner)
        painter.save()
        painter.translate(self._label.topLeft())
        painter.scale(self._pixel, self._pixel)
        painter.setFont(self._font())
        painter.setPen(Qt.GlobalColor.white)
        place = QRectF(0, 0, self._label.width() / self._pixel, self._label.height() / self._pixel)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._text())
        painter.restore()

    def _paint_digits(self, painter: QPainter, colour: QColor) -> None:
        """The box of each digit, the most doubtful one tinted."""
        for which, digit in enumerate(self.number.digits):
            left, top, right, bottom = digit.box
            tint = QColor(colour)
            tint.setAlphaF(0.25 if which == self.number.least_sure and self.number.needs_a_look else 0.0)
            painter.setBrush(tint)
            painter.setPen(_pen(colour, 1, Qt.PenStyle.DotLine))
            painter.drawRect(QRectF(left, top, right - left, bottom - top))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_handles(self, painter: QPainter, colour: QColor) -> None:
        side, frame = HANDLE * self._pixel, self._frame
        painter.setPen(_pen(colour, 1.5))
        painter.setBrush(Qt.GlobalColor.white)
        has_room = min(self.rect.width(), self.rect.height()) >= 3 * side
        for right, down in CURSORS:
            if not has_room and not (right and down):
                continue  # those at the corners alone, or what is written would be hidden
            place = QPointF(
                frame.center().x() + right * frame.width() / 2,
                frame.center().y() + down * frame.height() / 2,
            )
            painter.drawRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side))

    @property
    def told(self) -> str:
        """What it shows, for those who hear the screen."""
        number = self.number
        return f"Row {number.row}: {number.shown}" + (f", {number.sureness} sure" if number.sureness else "")

    def colour(self) -> QColor:
        """Of its lines and label: what is known of the number."""
        if self.number.corrected is not None:
            return LOOKED_AT
        return DOUBTFUL if self.number.needs_a_look else SURE

    @property
    def _frame(self) -> QRectF:
        """What is drawn around the box."""
        clear = CLEAR * self._pixel
        return self.rect.adjusted(-clear, -clear, clear, clear)

    def _text(self) -> str:
        return (TICK if self.number.corrected is not None else "") + (self.number.shown)

    def _font(self) -> QFont:
        font = QFont()
        high = self.rect.height() / self._pixel * SHARE
        font.setPixelSize(round(min(max(high, LETTERS[0]), LETTERS[1])))
        font.setBold(True)
        return font

    def label_at(self, side: Side) -> QRectF:
        """Where the label would be at a side of the box; nowhere where all is too small."""
        if self.rect.height() < LOW * self._pixel and not self._is_chosen:
            return QRectF()
        metrics = QFontMetricsF(self._font())
        wide, high = (metrics.horizontalAdvance(self._text()) + 8) * self._pixel, metrics.height() * self._pixel
        gap = (2 + CLEAR + (HANDLE / 2 if self._is_chosen else 0)) * self._pixel
        left, top = {
            Side.ABOVE: (self.rect.left(), self.rect.top() - gap - high),
            Side.RIGHT: (self.rect.right() + gap, self.rect.center().y() - high / 2),
            Side.LEFT: (self.rect.left() - gap - wide, self.rect.center().y() - high / 2),
            Side.BELOW: (self.rect.left(), self.rect.bottom() + gap),
        }[side]
        return QRectF(left, top, wide, high)

    def label(self, side: Side) -> None:
        """Have the label at another side."""
        self.prepareGeometryChange()
        self._side = side
        self._place_label()

    def _place_label(self) -> None:
        self._label = self.label_at(self._side)


def resized(rect: QRectF, sides: Sides, by: QPointF, least: float) -> QRectF:
    """A box whose taken edges, or which as a whole, was dragged.

    Args:
        rect: the box before.
        sides: as `NumberBox.taken_at` gives them.
        by: how far.
        least: width and height that it keeps.
    """
    if sides == (0, 0):
        return rect.translated(by)
    across, down = sides
    left, right = rect.left() + by.x() * (across < 0), rect.right() + by.x() * (across > 0)
    top, bottom = rect.top() + by.y() * (down < 0), rect.bottom() + by.y() * (down > 0)
    left, right = (min(left, right - least), right) if across < 0 else (left, max(right, left + least))
    top, bottom = (min(top, bottom - least), bottom) if down < 0 else (top, max(bottom, top + least))
    return QRectF(left, top, right - left, bottom - top)


def _rect(number: CheckedNumber) -> QRectF:
    left, top, right, bottom = number.box
    return QRectF(left, top, right - left, bottom - top)


def _side(place: float, low: float, high: float, near: float) -> int:
    if abs(place - low) <= near or place < low:
        return -1
    return 1 if abs(place - high) <= near or place > high else 0


def _pen(colour: QColor, wide: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen that is so many pixels of the screen wide."""
    pen = QPen(colour, wide, style)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
