"""What the network of the apps learns from: MNIST, pen strokes drawn anew, and what is no digit, all as glyphs."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.glyph import glyph
from digitpad.training.datasets import Examples
from digitpad.training.strokes import PenDigit, draw, vary

NOT_A_DIGIT = 10  # the label of everything else

HELD_OUT_WRITERS = frozenset((4, 9, 14, 19, 24, 29))  # a fifth of the thirty, never trained on
HELD_OUT_ALPHABET = "Balinese"

DRAWINGS = 12  # of every pen digit: one as it was written, the others varied
VIEWS = 10  # of every symbol
SCRIBBLES, PAIRS = 4_000, 5_000
VALIDATION_PENS = (2.0, 10.0, 20.0)  # pixels on a canvas of 160


def training_mixture(
    mnist: Examples, pens: Sequence[PenDigit], symbols: dict[str, list[NDArray[np.uint8]]], seed: int
) -> Examples:
    """All that is learned from.

    Args:
        mnist: MNIST's glyphs; they are taken as they are, and once more enlarged and framed by `glyph`.
        pens: digits as strokes; held-out writers are left out.
        symbols: the ink of each alphabet's drawings, uint8 (H, W); the held-out alphabet is left out.
        seed: of all that is random.

    Returns:
        glyphs with labels 0 to 9, or NOT_A_DIGIT.
    """
    rng = np.random.default_rng(seed)
    pens = [digit for digit in pens if digit.writer not in HELD_OUT_WRITERS]
    enlarged = [glyph(_enlarged(small, rng)) for small in tqdm(mnist.glyphs, "MNIST as on a canvas")]
    drawn = [
        glyph(draw(vary(digit.strokes, rng) if turn else list(digit.strokes), _any_pen(rng)))
        for digit in tqdm(pens, "Pen strokes")
        for turn in range(DRAWINGS)
    ]
    others = [
        glyph(view)
        for alphabet, inks in symbols.items()
        if alphabet != HELD_OUT_ALPHABET
        for ink in tqdm(inks, f"{alphabet} symbols")
        for view in _views(ink, rng)
    ]
    others += [glyph(draw([_scribble(rng)], _any_pen(rng))) for _ in range(SCRIBBLES)]
    if pens:
        pairs = rng.integers(0, len(pens), (PAIRS, 2))
        others += [glyph(draw(_side_by_side(pens[i], pens[j], rng), _any_pen(rng) / 2 + 1)) for i, j in pairs]
    labels = [mnist.labels, mnist.labels, np.repeat([digit.label for digit in pens], DRAWINGS)]
    labels.append(np.full(len(others), NOT_A_DIGIT))
    return Examples(
        np.concatenate([mnist.glyphs, np.array(enlarged), _stack(drawn), np.array(others)]),
        np.concatenate(labels).astype(np.uint8),
    )


def held_out_pens(pens: Sequence[PenDigit]) -> Examples:
    """The digits of the writers that are never trained on, with three pens each."""
    digits = [digit for digit in pens if digit.writer in HELD_OUT_WRITERS]
    glyphs = [glyph(draw(list(digit.strokes), pen)) for digit in digits for pen in VALIDATION_PENS]
    labels = np.repeat([digit.label for digit in digits], len(VALIDATION_PENS))
    return Examples(_stack(glyphs), labels.astype(np.uint8))


def held_out_symbols(symbols: dict[str, list[NDArray[np.uint8]]]) -> Examples:
    """The symbols of the alphabet that is never trained on."""
    glyphs = [glyph(ink) for ink in symbols.get(HELD_OUT_ALPHABET, [])]
    return Examples(_stack(glyphs), np.full(len(glyphs), NOT_A_DIGIT, np.uint8))


def _stack(glyphs: list[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    return np.array(glyphs, np.uint8).reshape(-1, 28, 28)


def _any_pen(rng: np.random.Generator) -> float:
    """A pen's width on a canvas of 160 pixels, thin ones as often as thick ones."""
    return float(np.exp(rng.uniform(np.log(2), np.log(22))))


def _enlarged(small: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    factor = int(rng.integers(3, 9))
    how = int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    return np.asarray(cv2.resize(small, None, fx=factor, fy=factor, interpolation=how), np.uint8)


def _views(ink: NDArray[np.uint8], rng: np.random.Generator) -> list[NDArray[np.uint8]]:
    """A symbol as it is, and turned over, on its side and slanted: other symbols, drawn by the same hands."""
    views = [ink]
    side = ink.shape[0]
    for _ in range(VIEWS - 1):
        turn = int(rng.integers(0, 8))
        view = np.rot90(ink[:, ::-1] if turn >= 4 else ink, turn % 4)
        matrix = cv2.getRotationMatrix2D((side / 2, side / 2), float(rng.normal(0, 8)), 1.0)
        matrix[0, 1] += rng.normal(0, 0.12)
        views.append(np.asarray(cv2.warpAffine(np.ascontiguousarray(view), matrix, (side, side)), np.uint8))
    return views


def _scribble(rng: np.random.Generator) -> NDArray[np.float64]:
    """One stroke that goes where it likes, smoothed by a moving average."""
    corners = np.cumsum(rng.normal(0, 1, (int(rng.integers(4, 12)), 2)), axis=0)
    places = np.linspace(0, len(corners) - 1, 60)
    window = np.ones(9) / 9
    path = [np.interp(places, np.arange(len(corners)), corners[:, axis]) for axis in (0, 1)]
    return np.stack([np.convolve(np.pad(values, 4, mode="edge"), window, "valid") for values in path], axis=1)


def _side_by_side(one: PenDigit, other: PenDigit, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Two digits next to each other, or a little into each other."""
    first, second = np.concatenate(one.strokes), np.concatenate(other.strokes)
    gap = rng.uniform(-0.1, 0.5) * max(np.ptp(first[:, 0]), np.ptp(second[:, 0]), 30)
    move = [first[:, 0].max() + gap - second[:, 0].min(), first[:, 1].mean() - second[:, 1].mean()]
    return [*one.strokes, *(stroke + move for stroke in other.strokes)]
