"""The colours of *Inside*: the core's, as Qt takes them."""

from PySide6.QtGui import QColor, QPalette, qRgb

from digitpad.pad.mosaics import MAP_COLOURS, SIGNED_COLOURS
from digitpad.pad.why import DARK, LIGHT, Colours


def is_dark(palette: QPalette) -> bool:
    """Whether letters are light on a dark ground."""
    return palette.window().color().lightnessF() < palette.text().color().lightnessF()


def why_colours(palette: QPalette) -> tuple[Colours, bool]:
    """The colours of a picture of why, and whether they are those for the dark."""
    dark = is_dark(palette)
    return (DARK if dark else LIGHT), dark


def for_and_against(palette: QPalette) -> tuple[QColor, QColor]:
    """The colours of what speaks for something, or adds to it, and of what speaks against it."""
    colours, _ = why_colours(palette)
    return QColor(*colours.speaks_for), QColor(*colours.against)


def faded(colour: QColor, share: float) -> QColor:
    """A colour that so much of is seen, 0 to 1."""
    paler = QColor(colour)
    paler.setAlphaF(min(max(share, 0.0), 1.0))
    return paler


# A colour for each value of a mosaic, but for the first one, which is the window's.
_MAPS = [qRgb(*colour) for colour in MAP_COLOURS.tolist()]
# A colour for each of 256 values from far below 0 to far above it.
SIGNED_TABLE = [qRgb(*colour) for colour in SIGNED_COLOURS.tolist()]


def map_table(palette: QPalette) -> list[int]:
    """A colour for each value of a mosaic; the window's for what lies between maps."""
    return [palette.window().color().rgb(), *_MAPS[1:]]
