"""Strokes whose width changes on their way."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from digitpad import Recognizer, Verdict
from digitpad.glyphs.glyph import glyph
from digitpad.glyphs.width import with_stroke
from digitpad.training.data.strokes import PenDigit

pad = Recognizer("hands")
SIDE = 280


def drawn(digit: PenDigit, width_at, strength_at=lambda along: np.full_like(along, 255)) -> NDArray[np.uint8]:
    """A digit in ink whose width in pixels and strength depend on how far the pen has gone, in shares of SIDE."""
    points = np.concatenate(digit.strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (SIDE - 70) / max(1.0, (high - low).max())
    ink = np.zeros((SIDE, SIDE), np.uint8)
    gone = 0.0
    for stroke in digit.strokes:
        places = (stroke - (low + high) / 2) * scale + SIDE / 2
        way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(places, axis=0).T))])
        steps = np.arange(0, way[-1] + 1)
        columns, rows = (np.interp(steps, way, places[:, axis]) for axis in (0, 1))
        along = (gone + steps) / SIDE
        for column, row, width, strength in zip(columns, rows, width_at(along), strength_at(along), strict=True):
            dot = np.zeros((64, 64), np.uint8)
            left, top = int(column) - 32, int(row) - 32
            middle = (round((column - left) * 16), round((row - top) * 16))
            cv2.circle(dot, middle, round(width * 8), int(strength), -1, cv2.LINE_AA, 4)
            np.maximum(ink[top : top + 64, left : left + 64], dot, out=ink[top : top + 64, left : left + 64])
        gone += way[-1]
    return ink


def share_read(hands, ink_of) -> tuple[float, float]:
    """The shares of digits that are read right, and that are turned away or wrong."""
    inks = [ink_of(digit, np.random.default_rng(number)) for number, digit in enumerate(hands)]
    readings = list(pad.read_many([255 - ink for ink in inks]))
    right = np.array([reading.digit == digit.label for reading, digit in zip(readings, hands, strict=True)])
    refused = np.array([reading.verdict is Verdict.NOT_A_DIGIT for reading in readings])
    return float(right.mean()), float((refused | ~right).mean())


def pieces(picture, least) -> int:
    return cv2.connectedComponents(np.asarray(picture >= least, np.uint8))[0] - 1


def test_digits_of_a_brush_that_swells_and_shrinks_are_read(hands):
    def brushed(digit, rng):
        phase = rng.uniform(0, 2 * np.pi)
        return drawn(digit, lambda along: 22 + 17 * np.sin(phase + 7 * along))

    right, refused = share_read(hands, brushed)
    assert right >= 0.93
    assert refused <= 0.11


def test_digits_in_ink_that_fades_on_its_way_are_read(hands):
    def fading(digit, rng):
        phase = rng.uniform(0, 2 * np.pi)
        strength = lambda along: 255 * (0.64 + 0.36 * np.sin(phase + 6 * along))  # noqa: E731
        return drawn(digit, lambda along: np.full_like(along, 14), strength)

    right, refused = share_read(hands, fading)
    assert right >= 0.97
    assert refused <= 0.06


def test_no_thick_stroke_is_thinned_until_its_thin_end_is_gone(hands):
    broken = 0
    for number, digit in enumerate(hands):
        phase = np.random.default_rng(number).uniform(0, 2 * np.pi)
        ink = drawn(digit, lambda along, phase=phase: 22 + 17 * np.sin(phase + 7 * along))
        broken += pieces(glyph(ink), 60) > pieces(ink, 128)
    assert broken <= 4  # of 200


@pytest.mark.parametrize("pen", [1, 2, 3])
@pytest.mark.parametrize("loop", [5, 6, 8])
def test_a_small_loop_of_a_thin_pen_stays_open(pen, loop):
    draft = np.zeros((92, 60), np.uint8)
    cv2.circle(draft, (30, 70), loop, 255, pen, cv2.LINE_AA)
    cv2.line(draft, (30, 8), (30 - loop, 70), 255, pen, cv2.LINE_AA)
    paper = np.asarray(with_stroke(draft, 9) < 128, np.uint8)
    assert cv2.connectedComponents(paper, connectivity=4)[0] - 1 == 2  # around the 6, and in its loop


def test_a_blot_where_a_loop_has_closed_stays_a_blot():
    nine = np.zeros((SIDE, SIDE), np.uint8)
    cv2.circle(nine, (140, 70), 34, 255, -1, cv2.LINE_AA)
    cv2.line(nine, (165, 70), (150, 250), 255, 22, cv2.LINE_AA)
    framed = glyph(nine)
    assert (framed[:12] >= 128).sum(axis=1).max() > 1.6 * (framed[16:22] >= 128).sum(axis=1).max()
