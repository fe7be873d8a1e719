"""Filled grids and tables as people photograph them: print and handwriting, faint lines, words beside them."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.training.data.strokes import PenDigit, draw
from digitpad.training.data.typeset import FONTS, typeset

FINE = 2  # times as fine as the photo is what it shows
WORDS = ("Complete", "the", "grid", "sum", "of", "each", "row", "Reading", "Meter", "No", "Level", "hard", "Name")
PENS = np.array([(30, 40, 120), (25, 25, 30), (170, 40, 45)], np.float32)
PRINTS = np.array([(40, 40, 40), (90, 90, 90), (205, 90, 95)], np.float32)


def grid_of(digits: Sequence[PenDigit], rng: np.random.Generator) -> tuple[NDArray[np.uint8], str]:
    """A photo of a filled grid, uint8 (480, 640, 3), and its digits, rows apart by "/".

    Args:
        digits: by one person.
        rng: decides what is left to chance.
    """
    is_square = rng.random() < 0.6  # as of a number puzzle: a digit in each cell
    rows, columns = (9, 9) if is_square else (int(rng.integers(3, 9)), int(rng.integers(2, 6)))
    most = 1 if is_square else 4
    high = FINE * rng.uniform(360, 460) / rows if is_square else FINE * rng.uniform(36, 56)
    widths = np.full(columns, high * rng.uniform(0.9, 1.15)) if is_square else high * rng.uniform(1.4, 2.6, columns)
    wide = float(widths.sum())
    size = np.array([640, 480]) * FINE
    corner = np.array([rng.uniform(0.04, 0.96), rng.uniform(0.04, 0.96)]) * np.maximum(size - (wide, rows * high), 0)
    across = corner[0] + np.concatenate([[0], widths.cumsum()])
    down = corner[1] + high * np.arange(rows + 1)
    page = np.full((size[1], size[0], 3), rng.uniform(205, 245), np.float32)
    _rule(page, across, down, is_square, rng)
    pen, ink = rng.uniform(0.06, 0.13), PENS[rng.integers(len(PENS))]
    print_share = rng.choice([0.0, 0.35, 0.5]) if is_square else 0.0
    font, print_ink = str(rng.choice(FONTS[:8])), PRINTS[rng.integers(len(PRINTS))]
    written = rng.uniform(0.42, 0.62)
    coarse = FINE * rng.uniform(0, 2.4)  # some print is a raster, which a camera takes for blurred
    labels = []
    for row in range(rows):
        label = ""
        for column in range(columns):
            left, top = across[column], down[row]
            if rng.random() < print_share:
                sign = str(rng.integers(1, 10))
                place = left + widths[column] / 2, top + 0.5 * high
                _put(page, _printed(sign, font), place, 0.6 * high, print_ink, coarse)
                label += sign
                continue
            count = int(rng.integers(1, most + 1))
            some = [digits[number] for number in rng.integers(0, len(digits), count)]
            tall = high * written * float(np.exp(rng.normal(0, 0.06)))
            inks = [
                draw(list(one.strokes), max(1.0, 160 * pen * float(np.exp(rng.normal(0, 0.1)))), 160) for one in some
            ]
            inks = [_cropped(part) for part in inks]
            places = np.cumsum([0.0, *(part.shape[1] / max(part.shape) * tall + 0.2 * tall for part in inks)])
            room = widths[column] - places[-1]
            x = left + room * rng.uniform(0.25, 0.75)
            for part, place in zip(inks, places[:-1], strict=True):
                half = part.shape[1] / max(part.shape) * tall / 2
                y = top + high * 0.5 + rng.normal(0, 0.04) * high
                _put(page, part, (x + place + half, y), tall * part.shape[0] / max(part.shape), ink)
            label += "".join(str(one.label) for one in some)
        labels.append(label)
    _print_beside(page, (across[0], down[0], across[-1], down[-1]), rng)
    return _photo(page, rng), "/".join(labels)


def _printed(sign: str, font: str) -> NDArray[np.uint8]:
    return _cropped(typeset(sign, font))


def _cropped(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    left, top, width, height = cv2.boundingRect(ink)
    return ink[top : top + height, left : left + width]


def _put(
    page: NDArray[np.float32],
    ink: NDArray[np.uint8],
    middle: tuple[float, float],
    tall: float,
    colour: NDArray[np.float32],
    blur: float = 0.0,
) -> None:
    """Lay ink that is so many pixels high onto a page."""
    scale = tall / ink.shape[0]
    size = max(1, round(ink.shape[1] * scale)), max(1, round(tall))
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    if blur:
        small = np.asarray(cv2.GaussianBlur(np.pad(small, round(2 * blur)), (0, 0), blur), small.dtype)
        size = small.shape[1], small.shape[0]
    left, top = round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2)
    left, top = min(max(0, left), page.shape[1] - size[0]), min(max(0, top), page.shape[0] - size[1])
    place = page[top : top + size[1], left : left + size[0]]
    share = 0.9 * small[..., np.newaxis]
    place[:] = place * (1 - share) + colour * share


def _rule(
    page: NDArray[np.float32],
    across: NDArray[np.float64],
    down: NDArray[np.float64],
    is_square: bool,
    rng: np.random.Generator,
) -> None:
    thin, thick = rng.uniform(0.8, 2.0) * FINE, rng.uniform(2.0, 4.0) * FINE
    faint, dark = rng.uniform(90, 190), rng.uniform(40, 110)
    low, high = np.array([across[0], down[0]]), np.array([across[-1], down[-1]])
    for axis, places in ((0, across), (1, down)):
        for number, place in enumerate(places):
            is_thick = number % 3 == 0 if is_square else number in (0, len(places) - 1) and thick > 3 * FINE
            begin, end = low.copy(), high.copy()
            begin[axis] = end[axis] = place
            width, shade = (thick, dark) if is_thick else (thin, faint)
            line = [np.rint(point * 8).astype(int).tolist() for point in (begin, end)]
            cv2.line(page, line[0], line[1], (shade, shade, shade), max(1, round(width)), cv2.LINE_AA, 3)


def _print_beside(
    page: NDArray[np.float32], grid: tuple[float, float, float, float], rng: np.random.Generator
) -> None:
    """Lines of print where there is room for them around a grid."""
    _, top, right, bottom = grid
    high, wide = page.shape[:2]
    font, colour = str(rng.choice(FONTS[:4])), PRINTS[rng.integers(2)]
    tall = rng.uniform(10, 18) * FINE / 2
    for x, y, end, lowest in (
        (right + 20, 40.0, wide, high),
        (10.0, bottom + 16, wide, high),
        (10.0, 10.0, wide, top - 10),
    ):
        if rng.random() < 0.4:
            continue
        while y + tall < lowest - 4:
            place = x
            while True:
                word = str(rng.choice(WORDS)) if rng.random() < 0.9 else str(rng.integers(1, 2000))
                signs = [_printed(sign, font) for sign in word]
                length = sum(sign.shape[1] / 70 * tall for sign in signs) + 0.2 * tall * len(signs)
                if place + length > end - 10:
                    break
                for sign in signs:
                    width = sign.shape[1] / 70 * tall
                    height = sign.shape[0] / 70 * tall
                    _put(page, sign, (place + width / 2, y + tall - height / 2), max(2.0, height), colour)
                    place += width + 0.2 * tall
                place += 0.5 * tall
            y += 1.7 * tall


def _photo(page: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.uint8]:
    """A page as a camera sees it: from a little aside, bent, in shade, blurred, with grain, as JPEG."""
    high, wide = page.shape[:2]
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    middle = corners.mean(axis=0)
    angle = np.radians(rng.normal(0, 1.5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    goal = (corners - middle) * 0.97 @ turn.T + middle + rng.normal(0, 0.012, (4, 2)).astype(np.float32) * wide
    matrix = cv2.getPerspectiveTransform(corners, goal.astype(np.float32))
    rows, columns = np.mgrid[0:high, 0:wide].astype(np.float32)
    bend = rng.normal(0, 0.006) * high * np.sin(np.pi * columns / wide + rng.uniform(0, 3)).astype(np.float32)
    seen = cv2.warpPerspective(page, matrix, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    seen = cv2.remap(seen, columns, rows + bend, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(seen, (wide // FINE, high // FINE), interpolation=cv2.INTER_AREA)
    rows, columns = (np.mgrid[0 : small.shape[0], 0 : small.shape[1]] / small.shape[1]).astype(np.float32)
    light = 0.8 - 0.3 * (columns * rng.uniform(-1, 1) + rows * rng.uniform(-1, 1))
    small = small * light[..., np.newaxis] * rng.uniform(0.85, 1.0, 3).astype(np.float32)
    small = cv2.GaussianBlur(small, (0, 0), rng.uniform(0.4, 1.6))
    small += rng.normal(0, rng.uniform(1, 6), small.shape)
    saved = io.BytesIO()
    Image.fromarray(small.clip(0, 255).astype(np.uint8)).save(saved, "jpeg", quality=int(rng.integers(50, 92)))
    return np.asarray(Image.open(saved))
