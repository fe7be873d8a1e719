"""Words, prices, clock times and signs among numbers, as on a shopping list: by hand, by a plotter, and in print."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from digitpad.measuring.rows import DIGIT, MARGIN, Ink
from digitpad.training.data.strokes import PenDigit, Strokes
from digitpad.training.data.typeset import FONTS
from digitpad.training.data.unipen import Character

# fmt: off
WORDS = (
    "milk", "bread", "eggs", "total", "sum", "apples", "cheese", "coffee", "tea", "soap", "rice", "oil", "pizza",
    "salad", "tomatoes", "biscuits", "meter", "due", "room", "bus", "gate", "paid", "rest", "each", "juice",
    "water", "beans", "butter", "potatoes", "fish", "wine", "lemons", "flour", "sugar", "honey", "pasta",
)
# fmt: on
SIGNS = frozenset("%&$#@*+=?!<>")
# What stands in a row: words, numbers, clock times and signs, by their first letters.
LAYOUTS = ("wn", "wn", "wn", "wwn", "nw", "nwn", "cn", "cw", "wsn", "ns", "wnn", "w")
# Hershey's plotter fonts, the first two of which are joined up. How high their capitals are at a scale of 1.
PLOTTED = {
    cv2.FONT_HERSHEY_SCRIPT_SIMPLEX: 21,
    cv2.FONT_HERSHEY_SCRIPT_COMPLEX: 21,
    cv2.FONT_HERSHEY_SIMPLEX: 21,
    cv2.FONT_HERSHEY_COMPLEX: 21,
}
EM = 100  # pixels of print, before it is brought to its height
CAPITAL = 0.72  # of them a capital is high
BELOW = DIGIT  # pixels of a part below the line on which it stands


def list_row(
    digits: Sequence[PenDigit], letters: Sequence[Character], pen: float, rng: np.random.Generator
) -> tuple[Ink, str]:
    """A row of words and numbers: ink, uint8 (H, W), 255 on 0, with paper around it; and its numbers, by spaces.

    Args:
        digits: by one person.
        letters: capitals and signs by one person, of whom there may be none.
        pen: width in pixels; a digit is DIGIT pixels high.
        rng: decides what is left to chance.
    """
    capitals = {one.label: one for one in letters if one.kind == "capital"}
    signs = [one for one in letters if one.kind == "sign" and one.label in SIGNS]
    style = int(rng.integers(3))
    parts: list[Ink] = []
    told: list[str] = []
    for kind in LAYOUTS[int(rng.integers(len(LAYOUTS)))]:
        if kind == "w":
            parts.append(_word(str(rng.choice(WORDS)), style, capitals, pen, rng))
        elif kind != "s":
            ink, text = (_number if kind == "n" else _clock)(digits, pen, rng)
            parts.append(ink)
            told.append(text)
        elif signs:
            parts.append(_sign(signs[int(rng.integers(len(signs)))], pen, rng))
    return _beside(parts, rng), " ".join(told)


def _number(digits: Sequence[PenDigit], pen: float, rng: np.random.Generator) -> tuple[Ink, str]:
    """A count, or a price with a point or comma."""
    some = [digits[place] for place in rng.integers(0, len(digits), int(rng.integers(1, 5)))]
    text = "".join(str(one.label) for one in some)
    point = -1
    if len(some) > 1 and rng.random() < 0.7:
        point = max(1, len(some) - int(rng.integers(1, 3)))
    sign = str(rng.choice((".", ",")))
    inks = []
    for place, one in enumerate(some):
        if place == point:
            inks.append(_point(sign, pen, rng))
        inks.append(_digit(one, pen, rng))
    if point > 0:
        text = text[:point] + sign + text[point:]
    return _close(inks, (0.08, 0.25), rng), text


def _clock(digits: Sequence[PenDigit], pen: float, rng: np.random.Generator) -> tuple[Ink, str]:
    """A time of the day with a colon; its two numbers."""
    some = [digits[place] for place in rng.integers(0, len(digits), 4)]
    inks = [_digit(one, pen, rng) for one in some]
    label = [str(one.label) for one in some]
    inks.insert(2, _point(":", pen, rng))
    return _close(inks, (0.08, 0.25), rng), f"{''.join(label[:2])} {''.join(label[2:])}"


def _paper(wide: float) -> Ink:
    """Paper on whose line, at 2 * DIGIT, a part stands."""
    return np.zeros((2 * DIGIT + BELOW, max(1, int(np.ceil(wide)))), np.uint8)


def _lines(strokes: Strokes, pen: float, high: float, lift: float) -> Ink:
    """Strokes drawn so high, on the line."""
    points = np.concatenate(strokes)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    scale = min(high / size[1], 1.3 * high / size[0])
    room = pen / 2 + 1
    ink = _paper(size[0] * scale + 2 * room)
    for stroke in strokes:
        places = (stroke - (low[0], low[1] + size[1])) * scale + (room, 2 * DIGIT - lift)
        line = np.rint(places * 16).astype(np.int32)
        line = np.vstack([line, line]) if len(line) == 1 else line
        cv2.polylines(ink, [line], False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return ink


def _digit(digit: PenDigit, pen: float, rng: np.random.Generator) -> Ink:
    return _lines(list(digit.strokes), pen, DIGIT * float(np.exp(rng.normal(0, 0.05))), rng.normal(0, 2))


def _sign(one: Character, pen: float, rng: np.random.Generator) -> Ink:
    high = DIGIT * rng.uniform(0.6, 1.0)
    return _lines(list(one.strokes), pen, high, (DIGIT - high) / 2)


def _point(sign: str, pen: float, rng: np.random.Generator) -> Ink:
    """A point, a comma or a colon as a pen makes it."""
    ink = _paper(0.16 * DIGIT + pen)
    across = ink.shape[1] // 2
    around = max(2, round(pen * rng.uniform(0.5, 0.75)))
    down = 2 * DIGIT - around
    if sign == ",":
        end = (max(0, across - round(0.08 * DIGIT)), down + round(rng.uniform(0.14, 0.22) * DIGIT))
        cv2.line(ink, (across, down), end, 255, max(1, round(pen)), cv2.LINE_AA)
        return ink
    cv2.circle(ink, (across, down), around, 255, -1, cv2.LINE_AA)
    if sign == ":":
        cv2.circle(ink, (across, down - round(rng.uniform(0.4, 0.6) * DIGIT)), around, 255, -1, cv2.LINE_AA)
    return ink


def _word(word: str, style: int, capitals: dict[str, Character], pen: float, rng: np.random.Generator) -> Ink:
    """A word in a hand's capitals, where there are all of its letters; else by a plotter, or in print."""
    if style == 0 and set(word.upper()) <= set(capitals):
        inks = [
            _lines(list(capitals[one].strokes), pen, DIGIT * float(np.exp(rng.normal(0, 0.06))), 0)
            for one in word.upper()
        ]
        return _close(inks, (0.08, 0.3), rng)
    word = (word, word.capitalize(), word.upper())[int(rng.integers(3))]
    high = DIGIT * rng.uniform(0.7, 1.05)
    if style == 1:
        return _plotted(word, high, pen, rng)
    font = _font(str(rng.choice(FONTS[:-1])))  # the last one has no letters that one can read
    ink = Image.new("L", (int(2 * DIGIT * len(word)), 2 * DIGIT + BELOW))
    scale = high / (CAPITAL * EM)
    ImageDraw.Draw(ink).text((4, 2 * DIGIT), word, 255, font.font_variant(size=EM * scale), anchor="ls")
    return _trimmed(np.asarray(ink))


def _plotted(word: str, high: float, pen: float, rng: np.random.Generator) -> Ink:
    face = list(PLOTTED)[int(rng.integers(len(PLOTTED)))]
    scale = high / PLOTTED[face]
    ink = np.zeros((2 * DIGIT + BELOW, int(40 * scale * len(word)) + 40), np.uint8)
    cv2.putText(ink, word, (20, 2 * DIGIT), face, scale, 255, max(1, round(pen)), cv2.LINE_AA)
    return _trimmed(ink)


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf"), EM)


def _trimmed(ink: NDArray[np.uint8]) -> Ink:
    left, _, width, _ = cv2.boundingRect(ink)
    return np.ascontiguousarray(ink[:, left : left + max(1, width)])


def _close(inks: Sequence[Ink], gaps: tuple[float, float], rng: np.random.Generator) -> Ink:
    """Parts of one number or word, side by side."""
    some = []
    for ink in map(_trimmed, inks):
        some += [ink, np.zeros((len(ink), round(rng.uniform(*gaps) * DIGIT)), np.uint8)]
    return np.hstack(some[:-1])


def _beside(inks: Sequence[Ink], rng: np.random.Generator) -> Ink:
    """Words and numbers in a row, askew a little, with paper around it."""
    row = _close(inks, (1.0, 1.8), rng)
    _, top, _, height = cv2.boundingRect(row)
    row = np.pad(row[top : top + max(1, height)], MARGIN)
    matrix = cv2.getRotationMatrix2D((row.shape[1] / 2, row.shape[0] / 2), rng.normal(0, 1.0), 1.0)
    return np.asarray(cv2.warpAffine(row, matrix, row.shape[::-1], flags=cv2.INTER_LINEAR), np.uint8)
