"""How cells of the table of pictures are drawn that are no plain words."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad_desktop.results_model import Index

ENLARGED = 2  # screen pixels for each of the glyph's


class GlyphCell(QStyledItemDelegate):
    """Draws what the network saw, pixel by pixel, the same whether the row is selected or not."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if image := index.data(Qt.ItemDataRole.UserRole):
            side = ENLARGED * GLYPH_SIDE
            cell: QRect = option.rect
            place = QRect(cell.center() - QPoint(side // 2, side // 2), image.size() * ENLARGED)
            painter.drawImage(place, image)
            painter.setPen(option.palette.mid().color())
            painter.drawRect(place.adjusted(0, 0, -1, -1))


class WrappedCell(QStyledItemDelegate):
    """Breaks a long sentence into lines."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
