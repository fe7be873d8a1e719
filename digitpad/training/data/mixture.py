"""What the network of the apps learns from: MNIST, pen strokes drawn anew, ways of writing, and what is no digit."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from digitpad.glyphs.glyph import glyph
from digitpad.training.data.datasets import Examples
from digitpad.training.data.others import (
    any_of,
    halves,
    letter,
    like_a_digit,
    piece,
    scribble,
    side_by_side,
    turned,
    variants,
)
from digitpad.training.data.strokes import PenDigit, draw, vary
from digitpad.training.data.ways import taught

NOT_A_DIGIT = 10  # the label of everything else

HELD_OUT_WRITERS = frozenset((4, 9, 14, 19, 24, 29))  # a fifth of the thirty, never trained on
HELD_OUT_ALPHABET = "Balinese"

AS_THEY_ARE = 2  # times that each of MNIST's pictures is taken as it is
ENLARGED = 2  # and enlarged, each time another way
DRAWINGS = 20  # of every pen digit: one as it was written, the others varied
TAUGHT = 2_000  # drawings of each digit in the ways that people were taught, which the pen's writers don't all show
VARIANTS = 10  # of every symbol
HALVES, LETTERS, PIECES, PAIRS, SCRIBBLES, TURNED = 8_000, 20_000, 3_000, 5_000, 4_000, 8_000
VALIDATION_PENS = (2.0, 10.0, 20.0)  # pixels on a canvas of CANVAS
CANVAS = 160  # pixels
MARKERS = 0.2  # share of drawings with a very thick pen, whose loops close: the hardest to read
ONE_BIT = 0.2  # share of pictures that are seen as a coarse scanner sees them
COARSE = (26, 65)  # pixels of such a picture, from and below


def training_mixture(
    mnist: Examples, pens: Sequence[PenDigit], symbols: dict[str, list[NDArray[np.uint8]]], seed: int
) -> Examples:
    """All that is learned from.

    Args:
        mnist: MNIST's glyphs; they are taken as they are, and again enlarged and framed by `glyph`.
        pens: digits as strokes; held-out writers are left out.
        symbols: the ink of each alphabet's drawings, uint8 (H, W); the held-out alphabet is left out.
        seed: of all that is random.

    Returns:
        glyphs with labels 0 to 9, or NOT_A_DIGIT.
    """
    rng = np.random.default_rng(seed)
    pens = [digit for digit in pens if digit.writer not in HELD_OUT_WRITERS]
    enlarged = [
        glyph(_enlarged(small, rng)) for small in tqdm(mnist.glyphs, "MNIST as on a canvas") for _ in range(ENLARGED)
    ]
    drawn = [
        glyph(_drawn(vary(digit.strokes, rng) if turn else list(digit.strokes), rng))
        for digit in tqdm(pens, "Pen strokes")
        for turn in range(DRAWINGS)
    ]
    digits = np.repeat(np.arange(10), TAUGHT)
    ways = [glyph(_drawn(vary(taught(digit, rng), rng), rng)) for digit in tqdm(digits, "Ways of writing")]
    others = _others(pens, [inks for name, inks in symbols.items() if name != HELD_OUT_ALPHABET], rng)
    labels = [
        np.tile(mnist.labels, AS_THEY_ARE),
        np.repeat(mnist.labels, ENLARGED),
        np.repeat([digit.label for digit in pens], DRAWINGS),
        digits,
        np.full(len(others), NOT_A_DIGIT),
    ]
    return Examples(
        np.concatenate(
            [*[mnist.glyphs] * AS_THEY_ARE, _stack(enlarged), _stack(drawn), _stack(ways), _stack(others)]
        ),
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


def _others(
    pens: Sequence[PenDigit], alphabets: Sequence[list[NDArray[np.uint8]]], rng: np.random.Generator
) -> list[NDArray[np.uint8]]:
    """Glyphs of what is no digit."""
    symbols = [ink for inks in alphabets for ink in inks]
    seen = [view for ink in tqdm(symbols, "Symbols") for view in variants(ink, VARIANTS, rng)]
    made = [glyph(view) for view in seen if not like_a_digit(view)]
    if symbols:
        pairs = rng.integers(0, len(symbols), (HALVES, 2))
        made += [glyph(halves(symbols[i], symbols[j], rng)) for i, j in tqdm(pairs, "Halves of symbols")]
    made += [glyph(_drawn(letter(rng), rng)) for _ in tqdm(range(LETTERS), "Invented letters")]
    made += [glyph(_drawn(scribble(rng), rng)) for _ in range(SCRIBBLES)]
    if pens:
        made += [glyph(_drawn(piece(any_of(pens, rng), rng), rng)) for _ in tqdm(range(PIECES), "Pieces of digits")]
        lying = [digit for digit in pens if digit.label > 1]
        for _ in tqdm(range(TURNED), "Digits on their side"):
            made.append(glyph(_drawn(turned(any_of(lying, rng), rng), rng)))
        for _ in tqdm(range(PAIRS), "Two digits at once"):
            both = side_by_side(any_of(pens, rng), any_of(pens, rng), rng)
            made.append(glyph(draw(both, _any_pen(rng) / 2 + 1)))
    return [drawn for drawn in made if drawn.any()]


def _any_pen(rng: np.random.Generator) -> float:
    """A pen's width in pixels of CANVAS, thin ones as often as thick ones, and some markers."""
    if rng.random() < MARKERS:
        return float(rng.uniform(14, 26))
    return float(np.exp(rng.uniform(np.log(1.5), np.log(25))))


def _drawn(strokes: list[NDArray[np.float64]], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Strokes on a canvas with any pen; a few as a coarse scanner would see them."""
    pen = _any_pen(rng)
    if rng.random() < ONE_BIT:
        side = int(rng.integers(*COARSE))
        return _one_bit(draw(strokes, max(1.0, pen * side / CANVAS), side), rng)
    return draw(strokes, pen, CANVAS)


def _enlarged(small: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """One of MNIST's pictures as it may come: larger, its strokes thicker or thinner, or scanned coarsely."""
    how = int(rng.choice([cv2.INTER_NEAREST, cv2.INTER_LINEAR, cv2.INTER_CUBIC]))
    if rng.random() < ONE_BIT:
        side = int(rng.integers(*COARSE))
        return _one_bit(np.asarray(cv2.resize(small, (side, side), interpolation=how), np.uint8), rng)
    factor = int(rng.integers(3, 9))
    large = cv2.resize(small, None, fx=factor, fy=factor, interpolation=how)
    if rng.random() < 0.3:
        if rng.random() < 0.7:
            large = cv2.dilate(large, np.ones((int(rng.integers(2, factor + 2)),) * 2, np.uint8))
        else:
            large = cv2.erode(large, np.ones((int(rng.integers(2, 3 + factor // 2)),) * 2, np.uint8))
    return np.asarray(large, np.uint8)


def _one_bit(ink: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    return np.where(ink >= rng.integers(70, 170), 255, 0).astype(np.uint8)
