"""A hand that draws digits: where the pen goes."""

import itertools
import random

POINTS = 6  # of a stroke between two corners; a hand makes about as many

# Each digit as a person draws it: strokes, each a list of the points that it goes through, in a box of 100 × 100, y
# downward.
DIGITS = {
    0: [[(50, 10), (28, 25), (25, 55), (35, 85), (52, 90), (70, 80), (76, 50), (70, 22), (50, 10)]],
    1: [[(52, 8), (50, 35), (49, 60), (48, 92)]],
    2: [[(28, 28), (38, 12), (58, 10), (70, 25), (62, 45), (42, 68), (25, 90), (50, 86), (78, 88)]],
    3: [[(28, 15), (50, 8), (70, 18), (66, 36), (48, 46), (70, 56), (74, 76), (54, 92), (26, 84)]],
    4: [[(32, 8), (27, 50), (72, 50)], [(70, 10), (66, 92)]],
    5: [[(72, 10), (34, 10), (30, 44), (56, 40), (74, 58), (68, 82), (46, 92), (24, 84)]],
    6: [[(66, 8), (42, 30), (28, 60), (34, 86), (56, 92), (70, 76), (62, 58), (42, 58), (30, 72)]],
    7: [[(24, 14), (76, 12), (58, 45), (44, 92)]],
    8: [
        [(66, 22), (50, 8), (34, 20), (42, 40), (64, 60), (66, 82), (48, 92), (32, 80), (38, 60), (60, 40), (66, 22)]
    ],
    9: [[(68, 24), (52, 10), (34, 22), (34, 42), (52, 50), (68, 38), (68, 24), (67, 60), (64, 92)]],
}
Points = list[tuple[float, float]]


def written(digit: int, side: float, chance: random.Random) -> list[Points]:
    """The strokes of a digit as a hand makes them now: a little larger or smaller, here or there.

    Args:
        digit: 0 to 9.
        side: of the canvas, in its units.
        chance: decides how large, and where.
    """
    scale = side / 100 * chance.uniform(0.75, 1)
    left, top = (chance.uniform(0, side - 100 * scale) for _ in range(2))
    return [[(left + x * scale, top + y * scale) for x, y in _hand(corners)] for corners in DIGITS[digit]]


def _hand(corners: list[tuple[int, int]]) -> Points:
    """A line through the corners, with as many points as a hand's."""
    points: Points = []
    for (x, y), (next_x, next_y) in itertools.pairwise(corners):
        points += [(x + (next_x - x) * part / POINTS, y + (next_y - y) * part / POINTS) for part in range(POINTS)]
    return [*points, corners[-1]]
