"""The lessons that made a reading what it is, as pictures beside what the network saw."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from digitpad.lesson import Lesson
from digitpad.pad.teaching import TAUGHT_THIS, said_of_lesson
from digitpad_desktop.glyph_view import GlyphView
from digitpad_desktop.letters import enlarged

SHARE = 0.5  # of the size of what the network saw
MOST = 2  # that are shown: two where they contradict each other
SMALLER = 0.85  # times as large as the system's are the letters, which have little room


class LessonPictures(QWidget):
    """The nearest lesson with what it is; of two that contradict each other both. Not there where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = QLabel(TAUGHT_THIS)
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        self.caption.setForegroundRole(self.caption.foregroundRole().PlaceholderText)
        self.pictures = [GlyphView() for _ in range(MOST)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addStretch(1)
        layout.addWidget(self.caption)
        for picture in self.pictures:
            layout.addWidget(picture, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._has_caption = True
        self.hide()

    def enlarge(self, factor: float, has_caption: bool) -> None:
        """Be so many times as large as usual; with words, or without them."""
        self._has_caption = has_caption
        self.caption.setFont(enlarged(self.font(), SMALLER * max(factor, 1.0)))
        for picture in self.pictures:
            picture.enlarge(SHARE * factor)
        self.setFixedWidth(self.pictures[0].sizeHint().width())

    def show_lessons(self, lessons: Sequence[Lesson]) -> None:
        """Show other lessons, the nearest first."""
        shown = lessons[:MOST] if len({lesson.digit for lesson in lessons}) > 1 else lessons[:1]
        for picture, lesson in zip(self.pictures, shown, strict=False):
            picture.show_glyph(lesson.glyph, f"{TAUGHT_THIS}: {said_of_lesson(lesson)}")
        for place, picture in enumerate(self.pictures):
            picture.setVisible(place < len(shown))
        self.caption.setVisible(self._has_caption and len(shown) == 1)
        self.setVisible(bool(shown))
