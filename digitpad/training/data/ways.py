"""Digits in the ways that people were taught to write them, with all that may come or lack.

A flag or a foot on 1, a bar on 7, a hook below 9, loops that stay open, 4s that are closed, 8s of two rings: the
tablet's thirty writers show how hands move, but not every school's shapes. These are built of bars and arcs whose
lengths, bows and gaps are drawn at random, in the spirit of Lake, Salakhutdinov and Tenenbaum, "Human-level concept
learning through probabilistic program induction" (Science, 2015).
"""

import itertools
from collections.abc import Callable

import numpy as np

from digitpad.training.data.strokes import Stroke, Strokes

Way = Callable[[np.random.Generator], Strokes]

POINTS = 9  # of a bar
DEGREES = 12  # between two points of an arc


def taught(digit: int, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """One digit as somebody was taught to write it.

    Args:
        digit: 0 to 9.
        rng: decides how.

    Returns:
        strokes, each float64 (n, 2), x and y in a box of about 1 × 1, y downward.
    """
    return tuple(WAYS[digit](rng))


def _bars(*corners: tuple[float, float]) -> Stroke:
    """Straight from corner to corner."""
    places = np.array(corners, float)
    along = np.linspace(0, 1, POINTS)[:, np.newaxis]
    return np.vstack([start + (end - start) * along for start, end in itertools.pairwise(places)])


def _arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> Stroke:
    """A part of an ellipse with half axes `wide` and `high`; degrees, 0 to the right and 90 downward."""
    angles = np.radians(np.linspace(start, end, max(3, round(abs(end - start) / DEGREES))))
    return np.stack([x + wide * np.cos(angles), y + high * np.sin(angles)], axis=1)


def _joined(*parts: Stroke) -> Stroke:
    return np.vstack(parts)


def _end(stroke: Stroke) -> tuple[float, float]:
    return float(stroke[-1, 0]), float(stroke[-1, 1])


def _zero(rng: np.random.Generator) -> Strokes:
    """A ring, narrow or round, that its ends miss or pass, or of straight lines; some with a slash or a dot."""
    wide, start = rng.uniform(0.16, 0.42), rng.uniform(-130, -50)
    if rng.random() < 0.15:
        turn = rng.uniform(0, 360)
        corners = turn + np.sort(
            rng.uniform(-18, 18, sides := int(rng.integers(4, 9))) + np.arange(sides) * 360 / sides
        )
        places = [(0.5 + wide * np.cos(np.radians(c)), 0.5 + 0.46 * np.sin(np.radians(c))) for c in corners]
        ring = _bars(*places, places[0])
    else:
        ring = _arc(0.5, 0.5, wide, 0.46, start, start - 360 + rng.uniform(-90, 30))
    chance = rng.random()
    if chance < 0.35:
        reach, lean = rng.uniform(0.75, 1.5), np.radians(rng.normal(-58, 14))
        middle = np.array([0.5, 0.5]) + rng.normal(0, 0.04, 2)
        half = reach * np.array([wide, 0.46]) * (np.cos(lean), np.sin(lean))
        return [ring, _bars(tuple(middle - half), tuple(middle + half))]
    return [ring, _arc(0.5, 0.5, 0.03, 0.03, 0, 300)] if chance < 0.38 else [ring]


def _one(rng: np.random.Generator) -> Strokes:
    """A stem, most with a flag, as long as the stem in some countries; some of those with a foot."""
    way = rng.choice(["bar", "hooked", "flag", "long"], p=[0.2, 0.15, 0.35, 0.3])
    if way == "bar":
        return [_bars((0.5, 0.04), (0.5, 0.96))]
    if way == "hooked":  # a bar on which the pen comes down or leaves askew
        bow = rng.normal(0, 0.05)
        before, after = (0.5 - rng.uniform(0, 0.1), rng.uniform(0.06, 0.2)), (0.5 + rng.uniform(0, 0.1), 0.92)
        return [_bars(before, (0.5, 0.05), (0.5 + bow, 0.5), (0.5, 0.95), after)]
    away, down = rng.uniform(0.08, 0.34), rng.uniform(0.08, 0.4)
    if way == "long":
        away, down = rng.uniform(0.15, 0.5), rng.uniform(0.35, 0.88)
    stem = _bars((0.52 - away, 0.05 + down), (0.52, 0.05), (0.52 + rng.normal(0, 0.03), 0.95))
    foot = rng.uniform(0.12, 0.3)
    return [stem, _bars((0.52 - foot, 0.95), (0.52 + foot, 0.95))][: 2 if rng.random() < 0.35 else 1]


def _two(rng: np.random.Generator) -> Strokes:
    """A bow or a corner above, a corner or a loop below."""
    way = rng.choice(["round", "looped", "angular"], p=[0.35, 0.4, 0.25])
    if way == "angular":
        start, right = (0.26, rng.uniform(0.08, 0.3)), rng.uniform(0.62, 0.8)
        top = [(0.45, 0.05), (right, rng.uniform(0.12, 0.3))] if rng.random() < 0.5 else [(right, 0.1)]
        return [_bars(start, *top, (rng.uniform(0.18, 0.34), 0.92), (0.8, rng.uniform(0.86, 0.96)))]
    bow = _arc(0.5, 0.3, 0.23, 0.23, rng.uniform(-200, -130), 40)
    if way == "round":
        return [_joined(bow, _bars(_end(bow), (0.25, 0.92), (0.78, 0.92)))]
    loop = _arc(0.32, 0.82, rng.uniform(0.06, 0.15), rng.uniform(0.05, 0.13), 100, rng.uniform(330, 400))
    return [_joined(bow, loop, _bars(_end(loop), (0.84, rng.uniform(0.82, 0.97))))]


def _three(rng: np.random.Generator) -> Strokes:
    """Two bows, or a bar and a bow."""
    below = _arc(0.46, 0.69, 0.26, 0.26, rng.uniform(-100, -70), rng.uniform(120, 165))
    if rng.random() < 0.3:
        return [_joined(_bars((0.27, 0.08), (0.7, 0.08), (0.48, 0.42)), below)]
    return [_joined(_arc(0.46, 0.26, 0.21, 0.2, rng.uniform(-165, -130), 80), below)]


def _four(rng: np.random.Generator) -> Strokes:
    """Open above, or closed in one stroke or two."""
    level, stem = rng.uniform(0.5, 0.68), rng.uniform(0.58, 0.72)
    if rng.random() < 0.5:
        left = rng.uniform(0.24, 0.34)
        top = rng.uniform(0.06, 0.35)
        return [_bars((left, 0.06), (left - 0.06, level), (0.84, level)), _bars((stem, top), (stem, 0.95))]
    diagonal = [(stem, 0.06), (rng.uniform(0.16, 0.26), level), (rng.uniform(0.78, 0.9), level)]
    if rng.random() < 0.5:
        return [_bars((stem, 0.95), *diagonal)]
    return [_bars(*diagonal), _bars((stem, rng.uniform(0.04, 0.4)), (stem, 0.95))]


def _five(rng: np.random.Generator) -> Strokes:
    """In one stroke or with its roof drawn afterwards."""
    roof, neck = (rng.uniform(0.66, 0.8), 0.07), rng.uniform(0.36, 0.46)
    belly = _arc(0.48, 0.68, 0.26, 0.27, rng.uniform(-140, -115), rng.uniform(110, 150))
    if rng.random() < 0.5:
        return [_joined(_bars(roof, (0.36, 0.08), (0.32, neck)), belly)]
    return [_joined(_bars((0.36, 0.08), (0.32, neck)), belly), _bars((0.36, rng.uniform(0.06, 0.1)), roof)]


def _six(rng: np.random.Generator) -> Strokes:
    """A stem, straight or bowed, and a loop that may stay open."""
    loop = _arc(0.52, 0.73, 0.22, 0.22, -165, -165 - 360 + rng.uniform(-40, 70))
    if rng.random() < 0.4:
        return [_joined(_bars((rng.uniform(0.5, 0.7), 0.05), (0.31, 0.67)), loop)]
    return [_joined(_arc(0.84, 0.66, 0.53, 0.6, rng.uniform(-115, -95), -180), loop)]


def _seven(rng: np.random.Generator) -> Strokes:
    """A roof and a leg, straight, bowed or with a curled foot; with or without a hook before and a bar across."""
    left, right = rng.uniform(0.16, 0.28), rng.uniform(0.66, 0.82)
    roof = [(left, 0.09 + rng.normal(0, 0.03)), (right, rng.uniform(0.04, 0.14))]
    if rng.random() < 0.3:
        roof.insert(0, (left + rng.normal(0, 0.03), rng.uniform(0.16, 0.3)))
    bowed = _arc((left + right) / 2, 0.2, (right - left) / 2, 0.14, -165, -25)
    above = bowed if rng.random() < 0.2 else _bars(*roof)
    top, foot = _end(above), rng.uniform(0.2, 0.6)
    if rng.random() < 0.3:
        leg = _arc(top[0], 0.95, top[0] - foot, 0.95 - top[1], -90, -175)
    else:
        leg = _bars(top, (foot, 0.95))
    curl = rng.uniform(0.04, 0.12)
    tail = _bars(_end(leg), (_end(leg)[0] + curl, 0.95 - rng.uniform(-0.03, 0.06)))
    strokes = [_joined(above, leg, tail) if rng.random() < 0.2 else _joined(above, leg)]
    if rng.random() < 0.45:
        across = leg[int(len(leg) * rng.uniform(0.35, 0.65))]
        half, rise = rng.uniform(0.1, 0.28), rng.normal(0.02, 0.03)
        strokes.append(_bars((across[0] - half, across[1] + rise), (across[0] + half, across[1] - rise)))
    return strokes


def _eight(rng: np.random.Generator) -> Strokes:
    """Two rings, or an S that is closed, not always quite."""
    high = rng.uniform(0.18, 0.22)
    if rng.random() < 0.4:
        upper, lower = (rng.uniform(-140, -40) for _ in range(2))
        return [
            _arc(0.5, 0.5 - high, rng.uniform(0.15, 0.22), high, upper, upper - 370),
            _arc(0.5, 0.74, rng.uniform(0.18, 0.26), 0.22, lower, lower - 370),
        ]
    start = rng.uniform(-60, -10)
    bow = _joined(_arc(0.5, 0.28, 0.19, 0.2, start, -260), _arc(0.5, 0.71, 0.23, 0.23, -75, 200))
    return [_joined(bow, _bars(_end(bow), (0.5 + 0.19 * np.cos(np.radians(start)), rng.uniform(0.16, 0.3))))]


def _nine(rng: np.random.Generator) -> Strokes:
    """A loop, which may stay open, and a stem, straight or with a hook; in one stroke or two."""
    wide, ring = rng.uniform(0.17, 0.24), rng.uniform(0.18, 0.25)
    loop = _arc(0.5, 0.3, wide, ring, -10, -340 + rng.uniform(-30, 50))
    right = 0.5 + wide
    if rng.random() < 0.5:
        stem = _bars((right, rng.uniform(0.08, 0.3)), (rng.uniform(0.5, 0.74), 0.95))
    else:
        hook = rng.uniform(0.1, 0.24)
        stem = _joined(
            _bars((right, rng.uniform(0.15, 0.3)), (right, 0.92 - hook)),
            _arc(right - hook, 0.92 - hook, hook, hook, 0, rng.uniform(80, 170)),
        )
    return [loop, stem] if rng.random() < 0.3 else [_joined(loop, stem)]


WAYS: tuple[Way, ...] = (_zero, _one, _two, _three, _four, _five, _six, _seven, _eight, _nine)
