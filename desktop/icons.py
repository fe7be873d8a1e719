"""Icons in the colours of the palette: each is a few strokes on a square of 24."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

PATHS = {
    "pen": "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
    "eraser": "M8 20h12M4 15L14 5l6 6-9 9H8z M9 10l6 6",
    "undo": "M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3",
    "redo": "M15 6l5 5-5 5M20 11H10a5 5 0 0 0 0 10h3",
    "clear": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v6M14 11v6",
    "live": "M3 12h4l3-7 4 14 3-7h4",
    "next": "M4 12h15M13 6l6 6-6 6",
    "right": "M4 13l5 5L20 6",
    "box": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5M12 9v6M9 12h6",
    "larger": "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5M10 7v6M7 10h6",
    "smaller": "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5M7 10h6",
    "whole": "M4 5h16v14H4zM8 9h8v6H8z",
    "open": "M3 19V6h6l2 2h10v11z",
}
SIZES = (18, 24, 36, 48)


def icon(name: str, palette: QPalette) -> QIcon:
    """One of PATHS, in the palette's colours.

    Text's; paler where it is disabled, marked where it is checked, and text's on what is selected where it is both.
    """
    made = QIcon()
    text, marked = QPalette.ColorRole.WindowText, QPalette.ColorRole.Highlight
    on_marked = QPalette.ColorRole.HighlightedText
    for mode, state, group, role in (
        (QIcon.Mode.Normal, QIcon.State.Off, QPalette.ColorGroup.Active, text),
        (QIcon.Mode.Normal, QIcon.State.On, QPalette.ColorGroup.Active, marked),
        (QIcon.Mode.Selected, QIcon.State.On, QPalette.ColorGroup.Active, on_marked),
        (QIcon.Mode.Disabled, QIcon.State.Off, QPalette.ColorGroup.Disabled, text),
    ):
        colour = palette.color(group, role).name()
        thickness = 2.4 if state is QIcon.State.On else 1.8
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
            f'<path d="{PATHS[name]}" fill="none" stroke="{colour}" stroke-width="{thickness}" '
            'stroke-linecap="round" stroke-linejoin="round"/></svg>'
        )
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        for size in SIZES:
            pixmap = QPixmap(QSize(size, size))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            made.addPixmap(pixmap, mode, state)
    return made
