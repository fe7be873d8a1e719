"""Whatever comes, there is a page or a sentence: specks, scribbles, stripes, tables and noise, in any shape."""

import cv2
import numpy as np
import pytest
from hostile import senseless
from numpy.typing import NDArray

from digitpad import PictureError, Recognizer

pad = Recognizer("hands")
PICTURES = 25  # of each kind


def specks(rng: np.random.Generator) -> NDArray[np.uint8]:
    picture = np.full((int(rng.integers(1, 200)), int(rng.integers(1, 200))), 255, np.uint8)
    high, wide = picture.shape
    for _ in range(int(rng.integers(1, 30))):
        place = int(rng.integers(wide)), int(rng.integers(high))
        cv2.circle(picture, place, int(rng.integers(0, 4)), 0, -1)
    return picture


def scribble(rng: np.random.Generator) -> NDArray[np.uint8]:
    picture = np.full((int(rng.integers(1, 300)), int(rng.integers(1, 300))), 255, np.uint8)
    points = rng.integers(0, 300, (int(rng.integers(2, 60)), 2)).astype(np.int32)
    cv2.polylines(picture, [points], False, 0, int(rng.integers(1, 12)), cv2.LINE_AA)
    return picture


def stripes(rng: np.random.Generator) -> NDArray[np.uint8]:
    picture = np.full((int(rng.integers(1, 90)), int(rng.integers(1, 90))), 255, np.uint8)
    picture[:: int(rng.integers(2, 30))] = 0
    picture[:, :: int(rng.integers(2, 30))] = int(rng.integers(256))
    return picture


def numbers(rng: np.random.Generator) -> NDArray[np.uint8]:
    """Over and under one another, cut off at the edge."""
    picture = np.full((int(rng.integers(5, 300)), int(rng.integers(5, 300))), 255, np.uint8)
    for _ in range(int(rng.integers(1, 15))):
        place = int(rng.integers(-20, 300)), int(rng.integers(300))
        cv2.putText(
            picture, str(rng.integers(10**6)), place, 0, float(rng.uniform(0.2, 3)), 0, int(rng.integers(1, 6))
        )
    return picture


@pytest.mark.parametrize("kind", [specks, scribble, stripes, numbers, lambda rng: senseless(rng, 100)])
def test_any_picture_gives_a_page_or_a_sentence(kind):
    rng = np.random.default_rng(1)
    pictures = [kind(rng) for _ in range(PICTURES)]
    for picture, page in zip(pictures, pad.read_many_numbers(pictures), strict=True):
        if isinstance(page, PictureError):
            assert str(page).endswith(".")
            continue
        width, height = page.size
        assert (height, width) == picture.shape[:2]
        for number in page.numbers:
            left, top, right, bottom = number.box
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height
            assert 0 <= number.confidence <= 1
