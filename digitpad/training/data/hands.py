"""Digits as other hands would write them: shapes between those of two people, another swing, another slant."""

from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from digitpad.training.data.strokes import BOX, PenDigit, Stroke, Strokes

POINTS = 48  # of a stroke that is compared with another one
ASKED = 6  # digits by others, of which the one most alike is taken
ALIKE = 0.08  # mean square of the distance between the points of two digits of size 1 that are mixed, at most
MIXED = 0.5  # share of the digits that are mixed with one by somebody else
SWUNG = 0.5  # share of the digits that are written with another swing
TURNS = 0.16  # radians, standard deviation of each of three waves by which a direction changes along a stroke
REACHES = 0.2  # the same for the logarithm of the length of its parts
FAR = 0.02  # mean square of the distance by which a swing moves the points of a digit of size 1, at most
ANGULAR = 0.15  # share of the varied digits that are drawn with corners instead of curves


class Company:
    """People who each wrote the same digits, and what others like them would write.

    Args:
        digits: theirs.
    """

    def __init__(self, digits: Sequence[PenDigit]) -> None:
        self._known: dict[tuple[int, int], list[Stroke]] = defaultdict(list)
        for digit in digits:
            self._known[digit.label, len(digit.strokes)].append(_evenly(digit.strokes))

    def other_hand(self, digit: PenDigit, rng: np.random.Generator) -> Strokes:
        """A digit as somebody else might have written it, who learned it as these people did.

        Args:
            digit: one of theirs.
            rng: decides how.

        Returns:
            strokes of the same number, each (n, 2), in units of the tablet's, in no certain order or place.
        """
        strokes = list(digit.strokes)
        if rng.random() < MIXED:
            strokes = self._between(digit, rng)
        if rng.random() < SWUNG:
            strokes = swung(strokes, rng)
        return vary(tuple(strokes), rng)

    def _between(self, digit: PenDigit, rng: np.random.Generator) -> Strokes:
        """A digit on the way to one that somebody else wrote much alike; itself where nobody did."""
        own = _evenly(digit.strokes)
        known = self._known[digit.label, len(digit.strokes)]
        asked = [_paired(own, known[index]) for index in rng.integers(0, len(known), ASKED)]
        # The digit itself may be among those asked.
        alike = [(apart, other) for apart, other in asked if 0 < apart <= ALIKE]
        if not alike:
            return list(digit.strokes)
        _, other = min(alike, key=lambda pair: pair[0])
        return list((own + (other - own) * rng.uniform(0.1, 0.6)) * BOX)


def _paired(one: Stroke, other: Stroke) -> tuple[float, Stroke]:
    """How far two digits are apart, and the other's strokes in the order and the directions of the one's.

    Args:
        one: (strokes, POINTS, 2).
        other: the same.
    """
    ways = other, other[:, ::-1]
    apart = np.array([np.square(one[:, np.newaxis] - way).sum(axis=-1).mean(axis=-1) for way in ways])
    rows, columns = linear_sum_assignment(apart.min(axis=0))
    backward = apart.argmin(axis=0)[rows, columns].astype(bool)
    paired = np.where(backward[:, np.newaxis, np.newaxis], ways[1][columns], other[columns])
    return float(apart.min(axis=0)[rows, columns].mean()), paired


def _evenly(strokes: Sequence[Stroke]) -> Stroke:
    """Strokes as POINTS points each, equally far apart, of a digit of size 1 around 0: (strokes, POINTS, 2)."""
    return np.array([_resampled(stroke, POINTS) for stroke in _of_size_1(strokes)])


def _of_size_1(strokes: Sequence[Stroke]) -> Strokes:
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = float((high - low).max()) or 1.0
    return [(stroke - (low + high) / 2) / size for stroke in strokes]


def _resampled(stroke: Stroke, count: int) -> Stroke:
    """A stroke as so many points, equally far apart along it."""
    lengths = np.concatenate([[0.0], np.hypot(*np.diff(stroke, axis=0).T).cumsum()])
    places = np.linspace(0, lengths[-1], count)
    return np.stack([np.interp(places, lengths, stroke[:, axis]) for axis in (0, 1)], axis=1)


def swung(strokes: Sequence[Stroke], rng: np.random.Generator) -> Strokes:
    """The same digit with another swing: along each stroke the pen turns further or less, and goes further or stops.

    As a movement differs from hand to hand in the direction and the size of its parts, not in their order: Plamondon,
    "A kinematic theory of rapid human movements" (Biological Cybernetics, 1995). Loops open or close by it, bows
    become flat or round, which no bending of the paper does.

    Args:
        strokes: each (n, 2), in any units.
        rng: decides how.

    Returns:
        strokes of the same number and order, each (n, 2), in the tablet's units.
    """
    whole = [_resampled(stroke, max(POINTS, len(stroke))) for stroke in _of_size_1(strokes)]
    waves = [(_wave(len(stroke), TURNS, rng), _wave(len(stroke), REACHES, rng)) for stroke in whole]
    # A swing that goes too far makes a 6 of a 0; such a one is halved until it does not.
    for share in (1.0, 0.5, 0.25, 0.125):
        other = [
            _walked(stroke, share * turns, share * reaches)
            for stroke, (turns, reaches) in zip(whole, waves, strict=True)
        ]
        if np.square(np.concatenate(other) - np.concatenate(whole)).sum(axis=1).mean() <= FAR:
            break
    return [stroke * BOX for stroke in other]


def _walked(stroke: Stroke, turns: NDArray[np.float64], reaches: NDArray[np.float64]) -> Stroke:
    """A stroke whose every step is turned and made longer or shorter, around the same middle.

    Args:
        stroke: (n, 2).
        turns: radians, (n,).
        reaches: the logarithms of the factors, (n,).
    """
    steps = np.diff(stroke, axis=0) * np.exp(reaches[1:, np.newaxis])
    sine, cosine = np.sin(turns[1:]), np.cos(turns[1:])
    steps = np.stack([cosine * steps[:, 0] - sine * steps[:, 1], sine * steps[:, 0] + cosine * steps[:, 1]], axis=1)
    walked = np.vstack([np.zeros((1, 2)), steps.cumsum(axis=0)])
    middle: Stroke = stroke.mean(axis=0) - walked.mean(axis=0)
    return walked + middle


def _wave(count: int, strength: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """A slow change along a stroke, the sum of three waves of that standard deviation: (count,)."""
    paces, phases = rng.uniform(0.3, 2.0, 3), rng.uniform(0, 2 * np.pi, 3)
    along = np.linspace(0, 1, count)[:, np.newaxis]
    waves: NDArray[np.float64] = np.sin(2 * np.pi * paces * along + phases) * rng.normal(0, strength, 3)
    whole: NDArray[np.float64] = waves.sum(axis=1)
    return whole


def vary(strokes: tuple[Stroke, ...], rng: np.random.Generator) -> Strokes:
    """The same digit as another hand might write it: turned, slanted, stretched, bent, its ends longer or shorter.

    Args:
        strokes: each (n, 2), in any units in which the digit is larger than 1; a smaller one keeps its size.
        rng: decides how.

    Returns:
        strokes of the same number and order, in other units.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(1.0, float((high - low).max()))
    turn, slant, stretch = rng.normal(0, np.radians(8)), rng.normal(0, 0.2), np.exp(rng.normal(0, 0.15))
    matrix = (
        np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        @ np.array([[1, slant], [0, 1]])
        @ np.diag([stretch, 1 / stretch])
    )
    # A slow wave across the paper bends every line a little, as no affine map can.
    phase, pace, strength = (
        rng.uniform(0, 2 * np.pi, (2, 2)),
        rng.uniform(0.5, 1.2, (2, 2)),
        rng.normal(0, 0.035, (2, 2)),
    )
    smooth, angular = rng.random() < 0.5, rng.random() < ANGULAR
    corners = rng.uniform(0.02, 0.07)  # of the digit's size: how far an angular line may leave the curve
    varied = []
    for stroke in strokes:
        places = _with_other_ends((stroke - (low + high) / 2) / size, rng) @ matrix.T
        # The bar of a 7, the stem of a 4: each stroke is put where the hand happens to come down.
        places = places + rng.normal(0, 0.025, 2) * (len(strokes) > 1)
        if angular:
            places = _with_corners(places, corners)
        elif smooth:
            places = _without_corners(places)
        waves = np.sin(2 * np.pi * places[:, np.newaxis] * pace + phase) * strength
        varied.append(places + waves.sum(axis=2))
    return varied


def _with_corners(stroke: Stroke, tolerance: float) -> Stroke:
    """The stroke as a few straight lines, none further from it than `tolerance` (Douglas and Peucker, 1973)."""
    kept = cv2.approxPolyDP(stroke.astype(np.float32)[:, np.newaxis], tolerance, closed=False)
    return kept[:, 0].astype(np.float64)


def _without_corners(stroke: Stroke) -> Stroke:
    """The stroke with each corner cut (Chaikin, 1974): the tablet's hundred milliseconds a point show less."""
    if len(stroke) < 3:
        return stroke
    before, after = stroke[:-1], stroke[1:]
    cut = np.stack([0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after], axis=1).reshape(-1, 2)
    return np.vstack([stroke[:1], cut, stroke[-1:]])


def _with_other_ends(stroke: Stroke, rng: np.random.Generator) -> Stroke:
    """A stroke that ends a little earlier or later at both ends, straight on."""
    if len(stroke) < 8:
        return stroke
    for _ in range(2):
        stroke = stroke[::-1]
        change = rng.normal(0, 0.04)  # of the digit's size
        if change < 0 and len(stroke) > 12:
            stroke = stroke[rng.integers(1, 3) :]
        else:
            direction = stroke[0] - stroke[3]
            length = float(np.hypot(*direction))
            if length > 0:
                stroke = np.vstack([stroke[0] + direction / length * abs(change), stroke])
    return stroke
