"""How strokes and glyphs come to the reader: with any pen, scanned coarsely, as small pictures, enlarged."""

import itertools

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.training.data.strokes import Strokes, draw

CANVAS = 160  # pixels
BRUSHES = 0.1  # share of drawings by a brush, whose width changes on its way
MARKERS = 0.2  # share of drawings with a very thick pen, whose loops close: the hardest to read
ONE_BIT = 0.2  # share of pictures that are seen as a coarse scanner sees them
COARSE = (26, 65)  # pixels of such a picture, from and below
TINY = 0.1  # share of pictures that a digit fills, TINIEST pixels wide: scans, and lines of single pixels
TINIEST = (16, 33)  # pixels, from and below
STRETCHED = 0.4  # share of tiny pictures that are stretched towards a square, as some scans are
SLIMMEST = 0.2  # width as a share of the height of what is stretched, or a bar would be a block


def drawn(strokes: Strokes, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Strokes on a canvas with any pen or a brush; a few as a coarse scanner would see them, or as a tiny picture.

    Args:
        strokes: each (n, 2), in any units.
        rng: decides how.

    Returns:
        ink, uint8 (H, W), 255 on 0.
    """
    chance = rng.random()
    if chance < TINY:
        side = int(rng.integers(*TINIEST))
        if rng.random() < 0.4:
            return one_pixel_lines(strokes, side)
        return tiny(draw(strokes, CANVAS / side * rng.uniform(1, 3), CANVAS), side, rng)
    pen = any_pen(rng)
    if chance < TINY + ONE_BIT:
        side = int(rng.integers(*COARSE))
        return one_bit(draw(strokes, max(1.0, pen * side / CANVAS), side), rng)
    if chance < TINY + ONE_BIT + BRUSHES:
        return brushed(strokes, rng)
    return draw(strokes, pen, CANVAS)


def brushed(strokes: Strokes, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Strokes of a brush that swells and shrinks on its way: uint8 (160, 160), 255 on 0."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    widest = rng.uniform(8, 26)
    thinnest = widest * rng.uniform(0.12, 0.6)
    scale = (CANVAS - widest - 8) / max(1e-9, float((high - low).max()))
    pace, phase = rng.uniform(1, 4) * np.pi / CANVAS, rng.uniform(0, 2 * np.pi)
    ink = np.zeros((CANVAS, CANVAS), np.uint8)
    gone = 0.0  # pixels that the brush has gone, the strokes before counted in
    for stroke in strokes:
        corners = (stroke - (low + high) / 2) * scale + CANVAS / 2
        lengths = np.concatenate([[0.0], np.hypot(*np.diff(corners, axis=0).T).cumsum()])
        steps = np.linspace(0, lengths[-1], max(2, round(lengths[-1] / 2)))
        places = np.stack([np.interp(steps, lengths, corners[:, axis]) for axis in (0, 1)], axis=1)
        widths = thinnest + (widest - thinnest) * (0.5 + 0.5 * np.sin(phase + pace * (gone + steps)))
        for (start, end), width in zip(itertools.pairwise(np.rint(places * 16).astype(int)), widths[1:], strict=True):
            cv2.line(ink, start.tolist(), end.tolist(), 255, max(1, round(width)), cv2.LINE_AA, 4)
        gone += lengths[-1]
    return ink


def any_pen(rng: np.random.Generator) -> float:
    """A pen's width in pixels of CANVAS, thin ones as often as thick ones, and some markers."""
    if rng.random() < MARKERS:
        return float(rng.uniform(14, 28))
    return float(np.exp(rng.uniform(np.log(1.5), np.log(25))))


def enlarged(small: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """One of MNIST's pictures as it may come: larger, its strokes thicker or thinner, scanned coarsely, or tiny."""
    how = int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    chance = rng.random()
    if chance < TINY:
        canvas = np.asarray(cv2.resize(small, (CANVAS, CANVAS), interpolation=how), np.uint8)
        return tiny(canvas, int(rng.integers(*TINIEST)), rng)
    if chance < TINY + ONE_BIT:
        side = int(rng.integers(*COARSE))
        return one_bit(np.asarray(cv2.resize(small, (side, side), interpolation=how), np.uint8), rng)
    factor = int(rng.integers(3, 9))
    large = cv2.resize(small, None, fx=factor, fy=factor, interpolation=how)
    if rng.random() < 0.3:
        if rng.random() < 0.7:
            large = cv2.dilate(large, np.ones((int(rng.integers(2, factor + 2)),) * 2, np.uint8))
        else:
            large = cv2.erode(large, np.ones((int(rng.integers(2, 3 + factor // 2)),) * 2, np.uint8))
    return np.asarray(large, np.uint8)


def one_bit(ink: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Ink without grey, darker or lighter as a scanner's threshold may be."""
    return np.where(ink >= rng.integers(70, 170), 255, 0).astype(np.uint8)


def tiny(ink: NDArray[np.uint8], side: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A scan that a digit fills, most of them without grey, some stretched towards a square.

    Args:
        ink: uint8 (H, W), 255 on 0, with some ink.
        side: pixels of its longer side.
        rng: decides how.
    """
    left, top, width, height = cv2.boundingRect(np.asarray(ink, np.uint8))
    longer = max(width, height)
    stretched = rng.random() < STRETCHED and min(width, height) >= SLIMMEST * longer
    stretch = rng.uniform() if stretched else 0.0
    size = [max(1, round(side * (length / longer) ** (1 - stretch))) for length in (width, height)]
    small = cv2.resize(ink[top : top + height, left : left + width], size, interpolation=cv2.INTER_AREA)
    seen = one_bit(np.asarray(small, np.uint8), rng) if rng.random() < 0.7 else np.asarray(small, np.uint8)
    return seen if seen.any() else np.asarray(small, np.uint8)


def one_pixel_lines(strokes: Strokes, side: int) -> NDArray[np.uint8]:
    """Strokes in lines of single pixels without grey, as a paint program draws them: uint8 (side, side)."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (side - 1) / max(1e-9, float((high - low).max()))
    lines = [np.rint((stroke - low) * scale).astype(np.int32) for stroke in strokes]
    paper = np.zeros((side, side), np.uint8)
    for line in lines:
        cv2.polylines(paper, [np.vstack([line, line]) if len(line) == 1 else line], False, 255, 1, cv2.LINE_8)
    return paper
