"""digitpad reads handwritten digits that people draw.

>>> from digitpad import SAMPLE, Recognizer
>>> reading = Recognizer().read(SAMPLE)
>>> reading.digit, str(reading.verdict)
(7, 'digit')
"""

from digitpad.errors import DigitpadError, ModelError, PictureError
from digitpad.files import SAMPLE
from digitpad.models.catalogue import installed, use
from digitpad.reading import Reading, Verdict
from digitpad.recognizer import Recognizer

__version__ = "0.1.0"

__all__ = [
    "SAMPLE",
    "DigitpadError",
    "ModelError",
    "PictureError",
    "Reading",
    "Recognizer",
    "Verdict",
    "installed",
    "use",
]
