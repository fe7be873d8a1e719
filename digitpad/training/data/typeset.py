"""Digits as they are printed, and letters of many alphabets, in the fonts that come with Matplotlib."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import cv2
import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

# Those whose signs at the places of 0 to 9 are digits. Computer Modern's `cmmi10` has old-style ones.
FONTS = (
    *(f"DejaVuSans{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
    *(f"DejaVuSansMono{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
    *(f"DejaVuSerif{style}" for style in ("", "-Bold", "-Italic", "-BoldItalic")),
    *(f"STIXGeneral{style}" for style in ("", "Bol", "Italic", "BolIta")),
    *("cmr10", "cmb10", "cmss10", "cmtt10", "cmti10", "cmmi10"),
)
SIZE = 96  # pixels of the em

# Which bars of a pocket calculator's display are on: top, upper left and right, middle, lower left and right, bottom.
DISPLAY = ("abcefg", "cf", "acdeg", "acdfg", "bcdf", "abdfg", "abdefg", "acf", "abcdefg", "abcdfg")
BARS = {
    "a": ((0, 0), (1, 0)),
    "b": ((0, 0), (0, 1)),
    "c": ((1, 0), (1, 1)),
    "d": ((0, 1), (1, 1)),
    "e": ((0, 1), (0, 2)),
    "f": ((1, 1), (1, 2)),
    "g": ((0, 2), (1, 2)),
}

# Alphabets that a font of ours has, and those of their letters that look like a digit.
LETTERS_OF = "DejaVuSans"
ALPHABETS = {
    "Latin": (0x61, 0x7A),
    "Greek": (0x391, 0x3C9),
    "Cyrillic": (0x410, 0x44F),
    "Armenian": (0x531, 0x586),
    "Hebrew": (0x5D0, 0x5EA),
    "Arabic": (0x621, 0x64A),
    "Lao": (0xE81, 0xEAE),
    "Georgian": (0x10D0, 0x10F0),
    "syllabics": (0x1401, 0x1450),
    "Tifinagh": (0x2D30, 0x2D65),
}
PRINTED_LIKE_DIGITS = frozenset(
    "bgilosqz"
    "ΒΖΙΟΛΘΦίδιοσςθφβ"
    "ВЗОЧЬБФбвзочьф"
    "\u0533\u0536\u053f\u0541\u0542\u0545\u0549\u054e\u054f\u0551\u0555\u0553\u0540\u0563\u056c\u056f\u0572\u0573\u0577\u0579\u057b\u057d\u057e\u0581\u0585\u0583\u0582"
    "\u05d5\u05df\u05d6\u05e8\u05da\u05d3\u05e3\u05e1\u05dd\u05e4\u05d8\u05d9"
    "\u0627\u0623\u0625\u0622\u0647\u0648\u0649\u0626\u064a\u0621\u0639\u063a\u0631\u0632\u0644\u062f"
    "\u0e87\u0e88\u0ea7\u0eae\u0ea3"
    "\u10d5\u10d6\u10d9\u10d2\u10dc\u10de\u10ea\u10ec\u10ee\u10f0\u10e1\u10d4\u10d1\u10eb"
    "\u141d\u141f\u1420\u1424\u1427\u1431\u1432\u143c\u144a\u141e\u1421"
    "\u2d30\u2d31\u2d32\u2d33\u2d34\u2d35\u2d37\u2d40\u2d41\u2d4f\u2d51\u2d52\u2d53\u2d54\u2d55\u2d59\u2d5a"
)


def printed(digit: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A digit as it is printed or shown on a display: ink, uint8 (H, W), 255 on 0."""
    if rng.random() < 0.1:
        return _as_it_comes(on_display(digit, rng), rng)
    if digit == 1 and rng.random() < 0.5:
        return _as_it_comes(_without_foot(rng), rng)
    return _as_it_comes(typeset(str(digit), str(rng.choice(FONTS))), rng)


def letter_of_print(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A printed letter of some alphabet that is like no digit: ink, uint8 (H, W), 255 on 0."""
    known = letters()
    one = known[int(rng.integers(len(known)))]
    return _as_it_comes(typeset(one, str(rng.choice(FONTS)) if one.isascii() else LETTERS_OF), rng)


@cache
def letters() -> tuple[str, ...]:
    """The letters that the font has, those like digits left out."""
    return tuple(_letters())


def _letters() -> Iterator[str]:
    font = _font(LETTERS_OF)
    missing = bytes(font.getmask("\uffff"))
    for first, last in ALPHABETS.values():
        for letter in map(chr, range(first, last + 1)):
            if letter.isalpha() and letter not in PRINTED_LIKE_DIGITS and bytes(font.getmask(letter)) != missing:
                yield letter


def on_display(digit: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A digit of straight bars, as a pocket calculator shows it."""
    wide, high, bar = 40, int(rng.integers(34, 50)), int(rng.integers(5, 14))
    gap = int(rng.integers(0, 5)) if rng.random() < 0.5 else 0
    ink = np.zeros((2 * high + 30, wide + 30), np.uint8)
    for name in DISPLAY[digit]:
        start, end = (np.array(place) * (wide, high) + 15 for place in BARS[name])
        along = (end - start) / np.hypot(*(end - start)) * gap
        first, last = (start + along).round().astype(int), (end - along).round().astype(int)
        cv2.line(ink, first.tolist(), last.tolist(), 255, bar, cv2.LINE_AA)
    return ink


def _without_foot(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A 1 of a stem and a flag, as many fonts have it, but none that comes with Matplotlib."""
    ink = np.zeros((2 * SIZE, 2 * SIZE), np.uint8)
    away, down, bar = rng.uniform(0.16, 0.34), rng.uniform(0.08, 0.26), int(rng.integers(6, 18))
    places = np.array([[1 - away, down], [1, 0], [1, 1]]) * SIZE + (0, SIZE / 2)
    cv2.polylines(ink, [places.round().astype(np.int32)], False, 255, bar, cv2.LINE_AA)
    return ink


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(mpl.get_data_path(), "fonts", "ttf", f"{name}.ttf"), SIZE)


@cache
def typeset(sign: str, font: str) -> NDArray[np.uint8]:
    """A sign of print in the middle of its picture: ink, uint8 (2 * SIZE, 2 * SIZE), 255 on 0."""
    picture = Image.new("L", (2 * SIZE, 2 * SIZE))
    ImageDraw.Draw(picture).text((SIZE // 2, SIZE // 3), sign, 255, _font(font))
    return np.asarray(picture)


def _as_it_comes(ink: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Turned, slanted and stretched a little, blurred or coarse."""
    side = max(ink.shape)
    matrix = cv2.getRotationMatrix2D((ink.shape[1] / 2, ink.shape[0] / 2), rng.normal(0, 4), 1.0)
    matrix[0, 1] += rng.normal(0, 0.06)
    matrix[0, 0] *= np.exp(rng.normal(0, 0.12))
    seen = cv2.warpAffine(ink, matrix, (side + 40, side + 40), flags=cv2.INTER_LINEAR)
    left, top, width, height = cv2.boundingRect(np.asarray(seen, np.uint8))
    seen = seen[top : top + height, left : left + width]
    if rng.random() < 0.5:
        scale = rng.uniform(16, 60) / max(width, height)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        seen = cv2.resize(seen, size, interpolation=cv2.INTER_AREA)
        return np.asarray(seen, np.uint8)
    return np.asarray(cv2.GaussianBlur(np.pad(seen, 8), (0, 0), rng.uniform(0.3, 2.5)), np.uint8)
