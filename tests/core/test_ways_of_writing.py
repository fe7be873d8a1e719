"""Whoever learned to write digits another way is read too: the shipped model, on shapes that schools teach."""

import math

import pytest
from conftest import curve, draw

from digitpad import Recognizer, Verdict

RING = [(50 + 30 * math.cos(math.radians(a)), 50 + 40 * math.sin(math.radians(a))) for a in range(-90, 271, 30)]
UPPER = [(50 + 18 * math.cos(math.radians(a)), 28 + 19 * math.sin(math.radians(a))) for a in range(-90, 271, 40)]
LOWER = [(50 + 22 * math.cos(math.radians(a)), 70 + 22 * math.sin(math.radians(a))) for a in range(-90, 271, 40)]
LOOP = [(68, 30), (60, 12), (42, 10), (31, 28), (40, 46), (58, 46), (68, 30)]

# Each a digit, its strokes those of a box of 100 × 100, y downward.
WAYS = {
    "a narrow 0": (0, [[(50 + (x - 50) / 2, y) for x, y in RING]]),
    "a 0 that stays open": (0, [RING[:-1]]),
    "a 1 with a flag": (1, [[(34, 28), (52, 8), (52, 92)]]),
    "a 1 with a flag and a foot": (1, [[(34, 28), (52, 8), (52, 92)], [(32, 92), (72, 92)]]),
    "a 2 with corners": (2, [[(26, 14), (74, 11), (26, 90), (78, 90)]]),
    "a 2 with a loop": (
        2,
        [[(28, 26), (40, 10), (62, 12), (70, 30), (32, 84), (24, 80), (34, 76), (52, 88), (80, 90)]],
    ),
    "a 3 with a flat top": (3, [[(27, 10), (70, 10), (46, 42)], [(46, 42), (64, 46), (74, 64), (62, 86), (28, 84)]]),
    "an open 4": (4, [[(32, 8), (26, 56), (80, 56)], [(64, 24), (62, 92)]]),
    "a closed 4": (4, [[(62, 92), (62, 8), (22, 62), (82, 62)]]),
    "a 4 of two strokes": (4, [[(58, 8), (20, 60), (82, 60)], [(62, 34), (62, 92)]]),
    "a 5 with its roof apart": (
        5,
        [[(36, 10), (33, 44)], [(33, 44), (54, 38), (73, 56), (68, 82), (46, 92), (26, 84)], [(36, 10), (74, 9)]],
    ),
    "a 6 with a straight stem": (
        6,
        [[(62, 8), (34, 62)], [(34, 62), (32, 84), (52, 94), (70, 76), (54, 56), (34, 70)]],
    ),
    "a 7 of two lines": (7, [[(24, 12), (76, 12), (44, 92)]]),
    "a 7 with a bar": (7, [[(24, 12), (76, 12), (44, 92)], [(38, 52), (76, 49)]]),
    "a 7 with a hook": (7, [[(24, 27), (24, 12), (76, 12), (46, 92)]]),
    "a 7 with a hook and a bar": (7, [[(24, 27), (24, 12), (76, 12), (46, 92)], [(38, 54), (76, 52)]]),
    "an 8 of two rings": (8, [UPPER, LOWER]),
    "a 9 with a straight stem": (9, [LOOP, [(68, 30), (68, 92)]]),
    "a 9 with a hook": (9, [LOOP, [(68, 30), (68, 60), (66, 82), (50, 92), (32, 84)]]),
}


@pytest.fixture(scope="module")
def recognizer():
    return Recognizer("hands")


def slanted(strokes, slant):
    """The strokes, each higher point so much further to the right."""
    return [[(x + slant * (50 - y), y) for x, y in curve(stroke)] for stroke in strokes]


@pytest.mark.parametrize("way", WAYS)
def test_it_is_read_with_any_pen_upright_and_slanted(recognizer, way):
    digit, strokes = WAYS[way]
    for slant in (-0.15, 0, 0.15, 0.3):
        for pen in (4, 12, 24):
            reading = recognizer.read(draw(digit, pen=pen, strokes={digit: slanted(strokes, slant)}))
            assert (reading.digit, pen, slant) == (digit, pen, slant)
            assert reading.verdict in (Verdict.DIGIT, Verdict.UNSURE), (pen, slant)
