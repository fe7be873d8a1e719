"""digitpad reads handwritten digits that people draw.

>>> from digitpad import SAMPLE, Recognizer
>>> reading = Recognizer().read(SAMPLE)
>>> reading.digit, str(reading.verdict)
(7, 'digit')
"""

import importlib

from digitpad.errors import DigitpadError, HandError, ModelError, PictureError

TYPE_CHECKING = False  # as type checkers know it; to load `typing` would take longer than all else here
if TYPE_CHECKING:
    from digitpad.files import SAMPLE
    from digitpad.lesson import Lesson
    from digitpad.models.catalogue import installed, use
    from digitpad.models.hand import Hand
    from digitpad.models.inside import Inside
    from digitpad.models.why import NO_DIGIT, Explanation
    from digitpad.numbers.page import Digit, Number, Page
    from digitpad.pictures.pages import pages
    from digitpad.reading import Reading, Verdict
    from digitpad.recognizer import Recognizer

__version__ = "0.1.0"

__all__ = [
    "NO_DIGIT",
    "SAMPLE",
    "Digit",
    "DigitpadError",
    "Explanation",
    "Hand",
    "HandError",
    "Inside",
    "Lesson",
    "ModelError",
    "Number",
    "Page",
    "PictureError",
    "Reading",
    "Recognizer",
    "Verdict",
    "installed",
    "pages",
    "use",
]

# These load NumPy, OpenCV and LiteRT, or files and paths, so only once they are asked for: before that a command says
# what Ctrl-C does.
_LATER = {
    "SAMPLE": "digitpad.files",
    "installed": "digitpad.models.catalogue",
    "use": "digitpad.models.catalogue",
    "Lesson": "digitpad.lesson",
    "Hand": "digitpad.models.hand",
    "Inside": "digitpad.models.inside",
    "NO_DIGIT": "digitpad.models.why",
    "Explanation": "digitpad.models.why",
    "Digit": "digitpad.numbers.page",
    "Number": "digitpad.numbers.page",
    "Page": "digitpad.numbers.page",
    "pages": "digitpad.pictures.pages",
    "Reading": "digitpad.reading",
    "Verdict": "digitpad.reading",
    "Recognizer": "digitpad.recognizer",
}

if not TYPE_CHECKING:  # a type checker is to know a wrong name

    def __getattr__(name: str) -> object:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(_LATER[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
