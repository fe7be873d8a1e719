"""digitpad reads handwritten digits that people draw.

>>> from digitpad import Recognizer
>>> reading = Recognizer().read("seven.png")  # doctest: +SKIP
>>> reading.digit, reading.confidence  # doctest: +SKIP
(7, 0.998)
"""

from digitpad.errors import DigitpadError, ModelError, PictureError
from digitpad.models.catalogue import installed, use
from digitpad.reading import Reading, Verdict
from digitpad.recognizer import Recognizer

__version__ = "0.1.0"

__all__ = [
    "DigitpadError",
    "ModelError",
    "PictureError",
    "Reading",
    "Recognizer",
    "Verdict",
    "installed",
    "use",
]
