"""The ways in which a digit may come to the reader: pens, sizes, places, colours, transparency, scans and photos."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.training.data.strokes import PenDigit, draw

CANVAS = 280  # pixels, the side of the apps' pad
PEN = 12  # pixels on it
SCAN = 32  # pixels, the side of a coarse scan

Colour = tuple[int, int, int]
Picture = NDArray[np.uint8] | NDArray[np.bool_]
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
BALLPOINTS = np.array([(30, 40, 110), (25, 25, 30), (170, 40, 45)], np.float32)
LINES = np.array((130, 160, 210), np.float32)


@dataclass(frozen=True)
class Condition:
    """One way in which a digit may come.

    Attributes:
        group: what is varied: pen, size, place, colour and so on.
        name: how.
        picture: from a digit and a generator that decides what is left to chance to a picture as `Recognizer.read`
            takes it.
    """

    group: str
    name: str
    picture: Callable[[PenDigit, np.random.Generator], Picture]


def drawn_conditions() -> list[Condition]:
    """Those of digits that are there as strokes."""
    pens = {"hair line": 1, "thin": 5, "medium": PEN, "thick": 22, "marker": 34}
    sizes = {
        "canvas of 100 pixels": (100, 0.8),
        "canvas of 2,000": (2000, 0.8),
        "a fifth of the canvas": (CANVAS, 0.2),
    }
    corners = {"top left": (0.0, 0.0), "top right": (1.0, 0.0), "bottom left": (0.0, 1.0), "bottom right": (1.0, 1.0)}
    colours: dict[str, tuple[Colour, Colour]] = {
        "white on black": (WHITE, BLACK),
        "red on green": ((200, 30, 30), (40, 160, 60)),
        "yellow on white": ((240, 220, 0), WHITE),
        "grey on grey": ((120, 120, 120), (175, 175, 175)),
        "blue on orange": ((30, 60, 220), (250, 150, 40)),
    }
    return [
        *(Condition("pen", name, partial(_on_canvas, pen=pen)) for name, pen in pens.items()),
        *(
            Condition("size", name, partial(_on_canvas, side=side, share=share, pen=side * share * 0.06))
            for name, (side, share) in sizes.items()
        ),
        *(
            Condition("place", name, partial(_on_canvas, share=0.4, pen=7, place=place))
            for name, place in corners.items()
        ),
        *(
            Condition("colour", name, partial(_on_canvas, ink=ink, paper=paper))
            for name, (ink, paper) in colours.items()
        ),
        Condition("transparency", "nothing but alpha", _on_nothing),
        Condition("scan", f"{SCAN} × {SCAN}, one bit", _scanned),
        Condition("photo", "shade, grain, ruled lines", _photographed),
    ]


def enlarged(glyph: NDArray[np.uint8]) -> Picture:
    """One of MNIST's pictures at the size of the pad, smoothly: uint8 (280, 280)."""
    return np.asarray(cv2.resize(glyph, (CANVAS, CANVAS), interpolation=cv2.INTER_CUBIC), np.uint8)


def enlarged_coarsely(glyph: NDArray[np.uint8]) -> Picture:
    """The same with square pixels, black on white."""
    return np.asarray(255 - cv2.resize(glyph, (CANVAS, CANVAS), interpolation=cv2.INTER_NEAREST), np.uint8)


def enlarged_scan(glyph: NDArray[np.uint8]) -> Picture:
    """One of MNIST's digits filling a coarse scan, without grey: bool (32, 32)."""
    left, top, width, height = cv2.boundingRect(glyph)
    longer = SCAN / max(width, height)
    size = (max(1, round(width * longer)), max(1, round(height * longer)))
    digit = cv2.resize(glyph[top : top + height, left : left + width], size, interpolation=cv2.INTER_LINEAR)
    scan = np.zeros((SCAN, SCAN), bool)
    row, column = (SCAN - size[1]) // 2, (SCAN - size[0]) // 2
    scan[row : row + size[1], column : column + size[0]] = digit >= 128
    return scan


def _on_canvas(
    digit: PenDigit,
    rng: np.random.Generator,
    *,
    pen: float = PEN,
    side: int = CANVAS,
    share: float = 0.8,
    place: tuple[float, float] = (0.5, 0.5),
    ink: Colour = BLACK,
    paper: Colour = WHITE,
) -> NDArray[np.uint8]:
    """A digit on even paper; `share` is of the canvas' side, `place` from its top left to its bottom right."""
    strength = np.arange(256)[:, np.newaxis] / np.float32(255)
    colours = np.rint(np.array(paper) * (1 - strength) + np.array(ink) * strength).astype(np.uint8)
    return colours[_ink(digit, pen, side, share, place)]


def _ink(digit: PenDigit, pen: float, side: int, share: float, place: tuple[float, float]) -> NDArray[np.uint8]:
    drawn = draw(list(digit.strokes), pen, round(side * share))
    room = side - len(drawn)
    column, row = (round(room * part) for part in place)
    return np.pad(drawn, ((row, room - row), (column, room - column)))


def _on_nothing(digit: PenDigit, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A canvas on which only the transparency tells what was drawn: uint8 (280, 280, 4)."""
    picture = np.zeros((CANVAS, CANVAS, 4), np.uint8)
    picture[..., 3] = _ink(digit, PEN, CANVAS, 0.8, (0.5, 0.5))
    return picture


def _scanned(digit: PenDigit, rng: np.random.Generator) -> NDArray[np.bool_]:
    large = draw(list(digit.strokes), pen=rng.uniform(8, 18), side=4 * SCAN)
    return np.asarray(cv2.resize(large, (SCAN, SCAN), interpolation=cv2.INTER_AREA) >= 110)


def _photographed(digit: PenDigit, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A part of a sheet, photographed: shade, often a shadow's edge or ruled lines, grain, blur and JPEG."""
    height, width = 360, 480
    strength = np.zeros((height, width), np.float32)
    ink = draw(list(digit.strokes), rng.uniform(5, 14), int(rng.integers(160, 260)))
    row, column = int(rng.integers(0, height - len(ink))), int(rng.integers(0, width - len(ink)))
    strength[row : row + len(ink), column : column + len(ink)] = ink / np.float32(255)
    return photograph(strength, rng)


def photograph(strength: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.uint8]:
    """What a camera makes of ink on a sheet: shade, often a shadow's edge or ruled lines, grain, blur and JPEG.

    Args:
        strength: of the ink, float32 (H, W), 0 to 1.
        rng: decides how.

    Returns:
        uint8 (H, W, 3).
    """
    height, width = strength.shape
    # Ballpoint ink lets some paper through, and not everywhere as much.
    strength = strength * cv2.resize(rng.uniform(0.7, 1, (12, 16)).astype(np.float32), (width, height))

    paper = np.full((height, width, 3), rng.uniform(200, 235, 3), np.float32)
    if rng.random() < 0.4:
        first, distance = int(rng.integers(10, 40)), int(rng.integers(35, 60))
        for line in range(first, height, distance):
            paper[line : line + 2] = paper[line : line + 2] * 0.75 + LINES * 0.25
    pen = BALLPOINTS[rng.integers(len(BALLPOINTS))]
    picture = paper * (1 - strength[..., np.newaxis]) + pen * strength[..., np.newaxis]

    rows, columns = np.mgrid[0:height, 0:width] / width
    light = 1 - 0.35 * (columns * rng.uniform(-1, 1) + rows * rng.uniform(-1, 1))
    if rng.random() < 0.5:
        light *= 1 - 0.25 / (1 + np.exp(-(rows + columns * rng.uniform(-1, 1) - rng.uniform(0.2, 0.6)) * 40))
    picture = cv2.GaussianBlur(picture * light[..., np.newaxis].astype(np.float32), (0, 0), rng.uniform(0.6, 1.4))
    picture += rng.normal(0, rng.uniform(2, 6), picture.shape)
    saved = io.BytesIO()
    Image.fromarray(picture.clip(0, 255).astype(np.uint8)).save(saved, "jpeg", quality=int(rng.integers(50, 90)))
    return np.asarray(Image.open(saved))
