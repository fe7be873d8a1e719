"""Rows of digits, drawn."""

import cv2
import numpy as np
from conftest import STROKES
from numpy.typing import NDArray

HIGH = 100  # pixels that a digit's box of 100 units is high


def written(*rows: str, gap: int = 10, pen: int = 7) -> NDArray[np.uint8]:
    """Rows of digits, each in a box of 100 pixels; a space is as wide as a digit: uint8 (H, W), black on white."""
    wide = max(len(row) for row in rows)
    paper = np.full((len(rows) * (HIGH + 60) + 60, wide * (HIGH - 40 + gap) + 80), 255, np.uint8)
    for line, row in enumerate(rows):
        for place, sign in enumerate(row):
            corner = np.array([20 + place * (HIGH - 40 + gap), 40 + line * (HIGH + 60)])
            for stroke in STROKES[int(sign)] if sign != " " else ():
                points = (np.array(stroke, float) + corner).round().astype(np.int32)
                cv2.polylines(paper, [points], False, 0, pen, cv2.LINE_AA)
    return paper
