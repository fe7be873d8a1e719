"""The ink of a whole picture with numbers: found once, on even paper, in photos, on forms and in tables."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.glyphs.ink import even_ink, visible
from digitpad.glyphs.photo import FAINTEST, PREFER_DARK, as_in_the_light, is_uneven, off_table, reduced
from digitpad.glyphs.sheet import cut_out, from_above, sheets
from digitpad.numbers.cells import Grid, ink_in_cells, pitch, stands_across, without_lines
from digitpad.numbers.grid import find_grid
from digitpad.numbers.page import Box
from digitpad.numbers.rulings import without_rulings
from digitpad.stopping import end_if_over

LONGEST = 1600  # pixels of the longer side: a digit on a crowded page has thirty of them still
PAPER_SIDE = 640  # pixels of the longer side that the paper is found at
STROKE = 31  # of PAPER_SIDE: as wide are strokes, at most
AROUND = 101  # of PAPER_SIDE: of what surrounds a stroke, most is paper
GRAIN = 5.0  # standard deviations of the grain that ink rises above
ABOVE_LINES = 0.35  # share of the strongest ink that ink has; ruled lines are fainter
SHEET = 0.2  # share of the picture's sides that a sheet on even ground takes up, at least
FILLED = 0.6  # share of the rectangle around it that a sheet fills, at least; a digit's strokes fill less
CELL = 64  # pixels of a grid's cells, at least; what stands in smaller ones is enlarged
ALONG = 0.25  # share of a side that a shadow at the picture's edge is long, at least


class PageInk(NamedTuple):
    """The ink of a picture.

    Attributes:
        ink: uint8 (H, W), 255 on 0.
        matrix: float64 (3, 3), from a place in the ink, (x, y, 1), to that in the picture.
        grid: the grid that much of it stands in; None without.
    """

    ink: NDArray[np.uint8]
    matrix: NDArray[np.float64]
    grid: Grid | None = None

    def in_picture(self, box: Box) -> Box:
        """The box in the picture that stands for one in the ink."""
        left, top, right, bottom = box
        corners = np.array([[(left, top), (right, top), (right, bottom), (left, bottom)]], np.float64)
        places = cv2.perspectiveTransform(corners, self.matrix)[0]
        low, high = np.floor(places.min(axis=0) + 1e-6), np.ceil(places.max(axis=0) - 1e-6)
        return int(low[0]), int(low[1]), int(high[0]), int(high[1])

    def turned(self, quarters: int) -> "PageInk":
        """The same ink, turned to the left by one, two or three quarters."""
        height, width = self.ink.shape
        back = {
            1: [[0.0, -1, width], [1, 0, 0], [0, 0, 1]],
            2: [[-1.0, 0, width], [0, -1, height], [0, 0, 1]],
            3: [[0.0, 1, 0], [-1, 0, height], [0, 0, 1]],
        }[quarters]
        ink = np.ascontiguousarray(np.rot90(self.ink, quarters))
        grid = self.grid and self.grid.turned(self.ink.shape, quarters)
        return PageInk(ink, self.matrix @ np.array(back), grid)


def page_ink(picture: NDArray[np.uint8]) -> PageInk:
    """Find what was written, wherever it stands; rulings and tables are left away.

    Args:
        picture: uint8 (H, W), (H, W, 3) or (H, W, 4) with alpha last.
    """
    end_if_over()
    seen, is_transparency = visible(picture)
    small = reduced(seen, LONGEST)
    matrix = np.diag([seen.shape[1] / small.shape[1], seen.shape[0] / small.shape[0], 1.0])
    if is_transparency or not is_uneven(small):
        ink = even_ink(small)
        sheet = None if is_transparency else _sheet_on_even_ground(ink)
        if sheet is None:
            return _without_lines(ink, [ink], matrix)
        left, top, width, height = sheet
        small = np.ascontiguousarray(small[top : top + height, left : left + width])
        matrix = matrix @ np.array([[1.0, 0, left], [0, 1, top], [0, 0, 1]])
    for corners, is_frame in sheets(off_table(small)):
        if not is_frame:
            to_sheet, _ = from_above(small, corners)
            matrix = matrix @ np.linalg.inv(to_sheet)
            small = cut_out(small, corners)
            break
    page = _without_lines(*_on_uneven_paper(small), matrix)
    return page._replace(ink=_without_shadows(page.ink))


def _without_lines(
    ink: NDArray[np.uint8], strengths: list[NDArray[np.uint8]], matrix: NDArray[np.float64]
) -> PageInk:
    """The ink of a page without rulings, that in the cells of a grid found anew, and enlarged where they are small.

    Args:
        ink: of all the page.
        strengths: uint8 (H, W) each, how far channels are from the paper around, the one that shows most first.
        matrix: from the ink to the picture.
    """
    end_if_over()
    mesh = find_grid(strengths[0])
    end_if_over()
    if mesh is None:
        return PageInk(without_rulings(ink), matrix)
    outside = without_lines(ink, mesh)
    if stands_across(outside, mesh):
        return PageInk(outside, matrix)
    outside = without_rulings(outside)
    scale = int(np.ceil(CELL / pitch(mesh)))
    written, strength, is_grid = ink_in_cells(strengths, mesh, scale)
    if scale > 1:
        outside = np.asarray(cv2.resize(outside, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
        mesh = (mesh + 0.5) * scale - 0.5
        matrix = matrix @ np.diag([1 / scale, 1 / scale, 1])
    return PageInk(np.where(is_grid, written, outside), matrix, Grid(mesh, strength))


def _sheet_on_even_ground(ink: NDArray[np.uint8]) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of what is no ink, but paper of another colour, as in a scanner; None without."""
    mask = (ink >= 64).astype(np.uint8)
    if cv2.countNonZero(mask) < FILLED * SHEET**2 * mask.size:
        return None
    _, _, sizes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for left, top, width, height, area in sizes[1:]:
        is_large = width >= SHEET * ink.shape[1] and height >= SHEET * ink.shape[0]
        if is_large and area >= FILLED * width * height:
            return int(left), int(top), int(width), int(height)
    return None


def _on_uneven_paper(colours: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[NDArray[np.uint8]]]:
    """What was written on paper with shade, shadows and grain, uint8 (H, W), 255 on 0; and what it was found in."""
    smooth = cv2.GaussianBlur(colours, (0, 0), 0.8)
    channels = [np.asarray(channel, np.uint8) for channel in cv2.split(smooth)]
    found = [_strokes(channel, is_dark) for channel in channels for is_dark in (True, False)]
    best = max(found, key=lambda one: one[3])
    strength, paper, is_dark, _ = best
    strengths = [strength, *(one[0] for one in found if one[2] == is_dark and one is not best)]
    if is_dark:
        strength = as_in_the_light(strength, paper)
    middle, strongest = np.percentile(strength[::2, ::2], [50, 99.8])
    grain = 1.4826 * float(np.median(np.abs(strength[::2, ::2] - middle)))
    least = max(FAINTEST, GRAIN * grain, ABOVE_LINES * (strongest - middle))
    if strongest - middle <= least:
        return np.zeros_like(strength), strengths
    mask = (strength > middle + least).astype(np.uint8)
    if not mask.any():
        return np.zeros_like(strength), strengths
    full = float(np.median(strength[mask > 0])) - middle
    near = cv2.dilate(mask, np.ones((3, 3), np.uint8))  # a stroke's soft edge too
    return np.asarray(((strength - middle) / full).clip(0, 1) * 255 * near, np.uint8), strengths


def _strokes(channel: NDArray[np.uint8], is_dark: bool) -> tuple[NDArray[np.uint8], NDArray[np.uint8], bool, float]:
    """How far strokes are from the paper around them, that paper, whether they are dark, and how much they show."""
    draft = cv2.medianBlur(reduced(channel, PAPER_SIDE), 3)
    wiped = cv2.morphologyEx(
        draft, cv2.MORPH_CLOSE if is_dark else cv2.MORPH_OPEN, np.ones((STROKE, STROKE), np.uint8)
    )
    wiped = cv2.GaussianBlur(wiped, (0, 0), STROKE / 4)
    # Between strokes that stand close there is paper too: they differ from most of what is around them, it does not.
    around = cv2.medianBlur(draft, AROUND)
    pairs = ((wiped, draft), (around, draft)) if is_dark else ((draft, wiped), (draft, around))
    apart = cv2.min(*(cv2.subtract(*pair) for pair in pairs))
    energy = float((np.maximum(apart.astype(np.float32) - FAINTEST, 0) ** 2).sum()) * (PREFER_DARK if is_dark else 1)
    paper = np.asarray(cv2.resize(wiped, channel.shape[::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    strength = cv2.subtract(paper, channel) if is_dark else cv2.subtract(channel, paper)
    return np.asarray(strength, np.uint8), paper, is_dark, energy


def _without_shadows(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The ink without what lies along the picture's edge."""
    _, pieces, sizes, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8), connectivity=8)
    left, top, width, height, _ = sizes.T
    beside = (left == 0) | (left + width == ink.shape[1])
    above = (top == 0) | (top + height == ink.shape[0])
    are_shadows = (beside & (height >= ALONG * ink.shape[0])) | (above & (width >= ALONG * ink.shape[1]))
    are_shadows[0] = False
    return np.where(are_shadows[pieces], 0, ink).astype(np.uint8) if are_shadows.any() else ink
