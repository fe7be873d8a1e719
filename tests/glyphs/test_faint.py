"""Faint ink on even paper: a pencil, a dim scan."""

import io

import numpy as np
import pytest
from PIL import Image

from digitpad import Recognizer, Verdict
from digitpad.training.data.strokes import draw

pad = Recognizer("hands")


def scanned(ink, contrast, rng, grain=0.0, quality=None):
    """Ink (0 to 1) on grey paper that it hardly differs from."""
    paper = rng.uniform(150, 240)
    picture = paper - contrast * ink + rng.normal(0, 1, ink.shape) * grain
    picture = picture.round().clip(0, 255).astype(np.uint8)
    if quality is None:
        return picture
    saved = io.BytesIO()
    Image.fromarray(picture).save(saved, "jpeg", quality=quality)
    return np.asarray(Image.open(saved))


@pytest.mark.parametrize("paper", [{}, {"grain": 1.0}, {"grain": 2.0}, {"grain": 1.0, "quality": 80}], ids=str)
def test_ink_that_differs_from_its_paper_by_10_to_25_of_255_is_read(hands, paper):
    hands = hands[::2]
    pictures = []
    for number, digit in enumerate(hands):
        rng = np.random.default_rng(number)
        ink = draw(list(digit.strokes), rng.uniform(5, 16), 240) / 255
        pictures.append(scanned(ink, rng.uniform(10, 25), rng, **paper))
    readings = list(pad.read_many(pictures))
    right = [reading.digit == digit.label for reading, digit in zip(readings, hands, strict=True)]
    accepted = [reading.verdict in (Verdict.DIGIT, Verdict.UNSURE) for reading in readings]
    assert np.mean(right) >= 0.97
    assert np.mean(accepted) >= 0.95


@pytest.mark.parametrize("grain", [0.0, 0.5, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("quality", [None, 30, 80])
@pytest.mark.parametrize("side", [28, 100, 280, 700])
def test_paper_with_nothing_but_grain_is_empty(grain, quality, side):
    for seed in range(3):
        blank = scanned(np.zeros((side, side)), 0, np.random.default_rng(seed), grain, quality)
        assert pad.read(blank).verdict is Verdict.EMPTY


def test_a_digit_on_coloured_paper_that_differs_in_one_channel_only_is_read(hands):
    right = 0
    for number, digit in enumerate(hands[:60]):
        rng = np.random.default_rng(number)
        picture = np.full((240, 240, 3), (230, 225, 190), float)
        picture[..., 2] -= 16 * (draw(list(digit.strokes), 9, 240) / 255)
        picture += rng.normal(0, 1, picture.shape)
        right += pad.read(picture.round().astype(np.uint8)).digit == digit.label
    assert right >= 57  # of 60
