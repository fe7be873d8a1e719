"""Letters larger or bolder than the system's."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel


def enlarged(font: QFont, factor: float, bold: bool = False) -> QFont:
    """A font so many times as large."""
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * factor)
    large.setBold(bold)
    return large


def heading(text: str, factor: float = 1.0) -> QLabel:
    """A heading above a part of a window, so many times as large as what stands below it."""
    label = QLabel(text)
    label.setFont(enlarged(label.font(), factor, bold=True))
    return label
