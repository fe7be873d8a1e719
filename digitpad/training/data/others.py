"""What is no digit, drawn by chance: scribbles, invented letters, digits on their side, in pieces and two at once.

Only a few alphabets are at hand to learn from. What these have in common with all the others is strokes: bars, arcs,
hooks, rings and dots that touch each other somewhere. Letters are invented of them at random, in the spirit of Lake,
Salakhutdinov and Tenenbaum, "Human-level concept learning through probabilistic program induction" (Science, 2015).
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.training.data.strokes import PenDigit, Stroke, Strokes, draw

SLENDER = 0.4  # width as a share of the height
BAR = 0.2  # of a slanted bar, its width as a share of its length
TOUCHING = (-0.3, 0.02)  # gap between two digits that touch, as a share of the wider one's width
OFF, LEAN = 0.03, 0.06  # how far a cut is off, as a share of the canvas' side, and how much it leans: deviations
LITTLE, MUCH = 0.08, 0.35  # of a digit's ink, what may be lost, or come with it, and what makes it another thing
RING = 0.55  # of a ring, its hole as a share of all it surrounds


def variants(ink: NDArray[np.uint8], count: int, rng: np.random.Generator) -> list[NDArray[np.uint8]]:
    """A symbol as it is, and turned over, on its side and slanted: other symbols, drawn by the same hands.

    Args:
        ink: uint8 (side, side), 255 on 0.
        count: how many, the first as it is.
        rng: decides how.
    """
    made = [ink]
    side = ink.shape[0]
    for _ in range(count - 1):
        turn = int(rng.integers(0, 8))
        view = np.rot90(ink[:, ::-1] if turn >= 4 else ink, turn % 4)
        matrix = cv2.getRotationMatrix2D((side / 2, side / 2), float(rng.normal(0, 8)), 1.0)
        matrix[0, 1] += rng.normal(0, 0.12)
        made.append(np.asarray(cv2.warpAffine(np.ascontiguousarray(view), matrix, (side, side)), np.uint8))
    return made


def like_a_digit(ink: NDArray[np.uint8]) -> bool:
    """Whether a symbol is nothing but an upright or slanted bar or a ring, which anybody reads as 1 or 0.

    Args:
        ink: uint8 (H, W), 255 on 0.
    """
    _, _, width, height = cv2.boundingRect(ink)
    if width < SLENDER * height:
        return True
    _, sides, _ = cv2.minAreaRect(cv2.findNonZero(ink))
    if min(sides) < BAR * max(sides) and 2 * height > width:
        return True
    outlines, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    outer = [outline for outline, (*_, parent) in zip(outlines, nesting[0], strict=True) if parent < 0]
    holes = [outline for outline, (*_, parent) in zip(outlines, nesting[0], strict=True) if parent >= 0]
    if len(outer) != 1 or not holes:
        return False
    hull = cv2.contourArea(cv2.convexHull(outer[0]))
    return max(cv2.contourArea(hole) for hole in holes) > RING * hull


def turned(digit: PenDigit, rng: np.random.Generator) -> Strokes:
    """A digit on its side: drawn by a hand that draws digits, yet none. 0 and 1 are digits that way too, so no use.

    Raises:
        ValueError: it is a 0 or a 1.
    """
    if digit.label < 2:
        raise ValueError(f"a {digit.label} on its side may still be a digit")
    quarter = np.array([[0.0, 1.0], [-1.0, 0.0]]) * rng.choice([-1, 1])
    return [stroke @ quarter for stroke in digit.strokes]


def halves(one: NDArray[np.uint8], other: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A symbol of which one half is another's: uint8 (side, side), as both are."""
    cut = int(one.shape[0] * rng.uniform(0.4, 0.6))
    made = one.copy()
    if rng.random() < 0.5:
        made[cut:] = other[cut:]
    else:
        made[:, cut:] = other[:, cut:]
    return made


def scribble(rng: np.random.Generator) -> Strokes:
    """One stroke that goes where it likes, smoothed by a moving average."""
    corners = np.cumsum(rng.normal(0, 1, (int(rng.integers(4, 12)), 2)), axis=0)
    places = np.linspace(0, len(corners) - 1, 60)
    window = np.ones(9) / 9
    path = [np.interp(places, np.arange(len(corners)), corners[:, axis]) for axis in (0, 1)]
    return [np.stack([np.convolve(np.pad(values, 4, mode="edge"), window, "valid") for values in path], axis=1)]


def letter(rng: np.random.Generator) -> Strokes:
    """Two to five bars, arcs, hooks, rings and dots; each but the first begins somewhere on one before it."""
    while True:
        strokes: Strokes = []
        for _ in range(int(rng.choice([2, 3, 4, 5], p=[0.3, 0.4, 0.2, 0.1]))):
            stroke = _part(rng)
            if strokes:
                before = strokes[int(rng.integers(len(strokes)))]
                joint = stroke[int(rng.choice([0, len(stroke) // 2, -1]))]
                apart = rng.normal(0, 0.25, 2) * (rng.random() < 0.3)  # most touch
                stroke = stroke - joint + before[int(rng.integers(len(before)))] + apart
            strokes.append(stroke)
        if not _like_a_one(strokes):
            return strokes


def piece(digit: PenDigit, rng: np.random.Generator) -> Strokes:
    """A digit cut off: between a quarter and a half of its way, with one stroke of an invented letter beside it.

    The stroke is there because a piece of a digit alone is often another digit: a part of 8 is 3 or 0.
    """
    points = np.concatenate(digit.strokes)
    while True:
        kept = max(2, int(len(points) * rng.uniform(0.25, 0.5)))
        some = points[:kept] if rng.random() < 0.5 else points[-kept:]
        added = _part(rng) * max(1.0, float(np.ptp(some, axis=0).max()))
        strokes = [some, added - added[0] + some[int(rng.integers(kept))]]
        if not _like_a_one(strokes):
            return strokes


# Halves of digits, cut down the middle, that are like no digit: of an 8 the right one is a 3.
HALF_DIGITS = ((2, "right"), (3, "left"), (7, "left"), (8, "left"))


def half(digit: PenDigit, pen: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    """What is left of a digit that was cut down the middle, where a number was cut in the wrong place.

    Args:
        digit: one that is like no digit when it is cut, else there is nothing left.
        pen: width in pixels on a canvas of 160.
        rng: decides where.

    Returns:
        ink, uint8 (160, 160), 255 on 0; nothing where what is left might be a digit.
    """
    side = str(rng.choice(["left", "right"]))
    ink = draw(list(digit.strokes), pen)
    left, _, width, height = cv2.boundingRect(ink)
    kept = round(width * rng.uniform(0.38, 0.52))
    if side == "left":
        ink[:, left + kept :] = 0
    else:
        ink[:, : left + width - kept] = 0
    _, _, width, height = cv2.boundingRect(ink)
    return ink if (digit.label, side) in HALF_DIGITS and width >= SLENDER * height else np.zeros_like(ink)


def _like_a_one(strokes: Strokes) -> bool:
    """Whether strokes are so slender and upright that anybody reads a 1."""
    width, height = np.ptp(np.concatenate(strokes), axis=0)
    return bool(width < SLENDER * height)


def side_by_side(
    one: PenDigit, other: PenDigit, rng: np.random.Generator, gap: tuple[float, float] = (-0.1, 0.5)
) -> Strokes:
    """Two digits next to each other, or a little into each other.

    Args:
        one: on the left.
        other: on the right.
        rng: decides how far apart.
        gap: from and to, as a share of the wider one's width.
    """
    first, second = np.concatenate(one.strokes), np.concatenate(other.strokes)
    gap_between = rng.uniform(*gap) * max(np.ptp(first[:, 0]), np.ptp(second[:, 0]), 30)
    move = [first[:, 0].max() + gap_between - second[:, 0].min(), first[:, 1].mean() - second[:, 1].mean()]
    return [*one.strokes, *(stroke + move for stroke in other.strokes)]


def with_a_part(one: PenDigit, other: PenDigit, rng: np.random.Generator) -> Strokes:
    """A digit and the near part of its neighbour, as where a number was cut in the wrong place.

    Args:
        one: whole; no 0 or 1, which with a bow beside it may be another digit.
        other: of which a part is left.
        rng: decides on which side, and how much.
    """
    across = np.concatenate(other.strokes)[:, 0]
    kept = rng.uniform(0.35, 0.7) * np.ptp(across)
    is_after = rng.random() < 0.5
    near = [
        stroke[stroke[:, 0] <= across.min() + kept if is_after else stroke[:, 0] >= across.max() - kept]
        for stroke in other.strokes
    ]
    part = replace(other, strokes=tuple(stroke for stroke in near if len(stroke)))
    return side_by_side(one, part, rng) if is_after else side_by_side(part, one, rng)


def cut_off(
    one: PenDigit, other: PenDigit, pen: float, rng: np.random.Generator
) -> tuple[NDArray[np.uint8], int | None] | None:
    """What is cut off two digits that touch: one of them, or no digit, where much of the other came with it.

    Args:
        one: on the left.
        other: on the right.
        pen: width in pixels on a canvas of 160.
        rng: decides how they touch, where they are cut, and which part is taken.

    Returns:
        ink, uint8 (160, 160), 255 on 0, and the digit's label, None for no digit; nothing where nobody could tell.
    """
    both = side_by_side(one, other, rng, TOUCHING)
    split = len(one.strokes)
    left, right = (draw(some, pen, among=both) for some in (both[:split], both[split:]))
    # In each row the cut goes between the two, and as far from there as a cut by somebody who can't read does.
    columns = np.arange(left.shape[1])
    ends = np.where(left > 0, columns, -1).max(axis=1)
    begins = np.where(right > 0, columns, len(columns)).min(axis=1)
    rows = np.flatnonzero((ends >= 0) & (begins < len(columns)))
    if not len(rows):
        return None
    height = np.arange(len(left))
    path = np.interp(height, rows, (ends[rows] + begins[rows] + 1) / 2)
    path = cv2.GaussianBlur(path.astype(np.float32)[:, np.newaxis], (1, 0), 0.1, sigmaY=4)[:, 0]
    path = path + rng.normal(0, OFF) * len(columns) + rng.normal(0, LEAN) * (height - len(height) / 2)
    is_left = rng.random() < 0.5
    own, beside = (left, right) if is_left else (right, left)
    label = (one if is_left else other).label
    is_kept = (columns < path[:, np.newaxis]) == is_left
    whole = max(1, int(own.sum(dtype=np.int64)))
    lost, foreign = (
        float(part.sum(dtype=np.int64)) / whole for part in (np.where(is_kept, 0, own), np.where(is_kept, beside, 0))
    )
    ink = np.where(is_kept, np.maximum(left, right), 0).astype(np.uint8)
    if lost <= LITTLE and foreign <= 2 * LITTLE:
        return ink, label
    # A 1 or a 0 with a bow beside it may be another digit.
    return (ink, None) if lost <= LITTLE and foreign >= MUCH and label > 1 else None


def any_of(digits: Sequence[PenDigit], rng: np.random.Generator) -> PenDigit:
    """One of the digits, each as likely."""
    return digits[int(rng.integers(len(digits)))]


def _part(rng: np.random.Generator) -> Stroke:
    """One stroke about as long as a letter is high, (n, 2): a bar, an arc, a hook, a ring or a dot."""
    along = np.linspace(0, 1, 24)
    kind = rng.choice(["bar", "arc", "hook", "wave", "ring", "dot"], p=[0.3, 0.25, 0.15, 0.1, 0.13, 0.07])
    if kind == "dot":
        return rng.normal(0, 0.03, (3, 2))
    if kind == "ring":
        angle = along * 2 * np.pi * rng.uniform(0.85, 1.1)
        path = np.stack([np.cos(angle), np.sin(angle)], axis=1) * rng.uniform(0.12, 0.35, 2)
    elif kind == "hook":  # a bar that turns a corner
        corner = np.array([1.0, 0.0])
        end = corner + rng.uniform(0.25, 0.8) * np.array([np.cos(t := rng.uniform(1.2, 2.6)), np.sin(t)])
        path = np.vstack([np.outer(along, corner), corner + np.outer(along, end - corner)])
    else:
        bend = {"bar": 0.04, "arc": 0.35, "wave": 0.15}[str(kind)] * rng.normal(0, 1)
        waves = 2 if kind == "wave" else 1
        path = np.stack([along, bend * np.sin(np.pi * waves * along)], axis=1)
    # Upright and level strokes are the most common in any script.
    turn = rng.integers(4) * np.pi / 2 + rng.normal(0, 0.2) if rng.random() < 0.6 else rng.uniform(0, 2 * np.pi)
    cosine, sine = np.cos(turn), np.sin(turn)
    length = rng.uniform(0.3, 1.0)
    turned: NDArray[np.float64] = path @ np.array([[cosine, sine], [-sine, cosine]]) * length
    return turned
