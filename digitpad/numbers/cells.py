"""The ink in the cells of a grid: each cell's as strong as the others', without the lines around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.pieces import Piece, pieces_in

ACROSS = 0.2  # share of the way from line to line that is looked at to each side of one
SAMPLES = 16  # places along a side of a cell that its line is measured at
EDGE = 0.25  # share of a line's strength that it has where it ends
BORDER = 0.12  # share of a cell's sides that lies next to its lines, and tells nothing of the strength of its ink
FAINTEST = 14.0  # brightness by which ink differs from the paper in its cell, at least
FAINT = 0.12  # share of the strongest ink of the page that the strongest of a cell has, at least
GRAIN = 4.0  # standard deviations of the grain that ink rises above
INK = 0.015  # share of a square cell that ink covers, at least
FAINT_INK = 0.15  # share of the strongest ink of its cell that ink has, at least
BLURRED_INK = 0.2  # the same where cells are small
BLUR = 0.03  # share of a small cell's side that its ink is blurred by
TIMES = 8  # that what was blurred is made sharper
OVER = 0.25  # share of its ink that a piece has in other cells, at least, to lie over a line
CROSSED = 0.3  # share of the ink that lies over lines, at most
DARKER = 1.4  # times as dark as lines are is what was written over them
INKED = 96  # of 255
LEFT_OVER = 0.6  # share of a piece that lies next to lines, at least, that nobody wrote
TILES = 1 << 14  # places that OpenCV looks up at once; it takes no more than 2^15 in a row

Mesh = NDArray[np.float64]
Mask = NDArray[np.uint8]


class Grid(NamedTuple):
    """A grid on a page.

    Attributes:
        mesh: where its lines cross in the ink, float64 (rows + 1, columns + 1, 2), x and y.
        strength: of the ink in its cells, as a share of the strongest in each, float32 (H, W), where they are so
            small that it is blurred, and where ink ends is hard to tell; else None.
    """

    mesh: Mesh
    strength: NDArray[np.float32] | None

    def turned(self, shape: tuple[int, ...], quarters: int) -> "Grid":
        """The same grid, where the ink of that shape is turned to the left by so many quarters."""
        mesh, (height, width) = self.mesh, shape
        for _ in range(quarters % 4):
            mesh = np.stack([mesh[..., 1], width - 1 - mesh[..., 0]], axis=-1).transpose(1, 0, 2)[::-1]
            height, width = width, height
        strength = None if self.strength is None else np.ascontiguousarray(np.rot90(self.strength, quarters))
        return Grid(mesh, strength)


def pitch(mesh: Mesh) -> float:
    """How far apart a grid's lines are, in pixels, those that are closest."""
    return min(float(np.median(np.linalg.norm(np.diff(mesh, axis=axis), axis=-1))) for axis in (0, 1))


def ink_in_cells(
    strengths: Sequence[Mask], mesh: Mesh, scale: int
) -> tuple[Mask, NDArray[np.float32] | None, NDArray[np.bool_]]:
    """The ink in a grid, without its lines.

    Args:
        strengths: uint8 (H, W) each, how far a channel is from the paper around.
        mesh: float64 (rows + 1, columns + 1, 2), x and y of the lines' crossings.
        scale: times as large as that the ink is made; 1 where cells are large.

    Returns:
        ink, uint8 (H, W) times the scale, 255 on 0; where it was made larger its strength too, see `Grid`; and where
        the grid is, with its lines.
    """
    lines = _rulings(np.asarray(np.maximum.reduce(list(strengths)), np.uint8), mesh)
    cells = labels(lines.shape, mesh)
    even = np.zeros(lines.shape, np.float32)
    numbers = range((len(mesh) - 1) * (mesh.shape[1] - 1))
    found = [one for number in numbers if (one := _cell(strengths, mesh, lines, cells, number)) is not None]
    strongest = max((one.contrast for one in found), default=0.0)
    for one in found:
        if one.contrast >= max(FAINTEST, FAINT * strongest, GRAIN * one.grain):
            part = (one.strength[one.place] - one.middle) / one.contrast
            even[one.place] = np.where(one.own, part, even[one.place])
    is_grid = (cells > 0) | (lines > 0)
    if scale == 1:
        return _without(inked(even, FAINT_INK), lines), None, is_grid
    sharp = _deblurred(even, BLUR * pitch(mesh))
    strength = np.asarray(cv2.resize(sharp, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.float32)
    larger = np.kron(lines, np.ones((scale, scale), np.uint8))
    ink = _without(inked(strength, BLURRED_INK), larger)
    near = cv2.dilate(ink, np.ones((5, 5), np.uint8)) > 0
    return (
        ink,
        np.where(near, strength.clip(0, 1), 0).astype(np.float32),
        np.kron(is_grid, np.ones((scale, scale), bool)),
    )


def inked(strength: NDArray[np.float32], least: float) -> Mask:
    """Ink, uint8 (H, W), 255 on 0.

    Args:
        strength: float32 (H, W), as a share of the strongest in the cell.
        least: what has more is ink.
    """
    ink = ((strength - least) / (1 - least)).clip(0, 1) * 255
    near = cv2.dilate((ink >= INKED).astype(np.uint8), np.ones((3, 3), np.uint8))
    return np.where(near > 0, ink, 0).astype(np.uint8)


def _deblurred(even: NDArray[np.float32], blur: float) -> NDArray[np.float32]:
    """What was blurred by so many pixels (Richardson, 1972; Lucy, 1974): loops that had run full are open again."""
    seen = even.clip(0.01, 2)
    found = seen
    for _ in range(TIMES):
        again = cv2.GaussianBlur(found, (0, 0), blur)
        found = found * cv2.GaussianBlur(seen / np.maximum(again, 1e-3), (0, 0), blur)
    return np.asarray(found, np.float32)


def without_lines(ink: Mask, mesh: Mesh) -> Mask:
    """Ink, uint8 (H, W), 255 on 0, without the lines of a grid in it; what is darker than they are stays."""
    lines = _rulings(ink, mesh)
    return _without(ink, np.where(ink > DARKER * np.median(ink[lines > 0]), 0, lines).astype(np.uint8))


def stands_across(ink: Mask, mesh: Mesh) -> bool:
    """Whether what was written goes over a grid's lines, as it does on squared paper.

    Args:
        ink: uint8 (H, W), 255 on 0, without the lines.
        mesh: as for `ink_in_cells`.
    """
    cells = labels(ink.shape, mesh)
    crossed = inside = 0
    for piece in pieces_in(ink):
        shares = shares_of(piece, cells, (len(mesh) - 1) * (mesh.shape[1] - 1))
        if shares[0] < 0.5:
            inside += piece.mass
            crossed += piece.mass if shares.max() <= 1 - OVER else 0
    return crossed > CROSSED * inside


def shares_of(piece: Piece, cells: NDArray[np.int16], count: int) -> NDArray[np.float64]:
    """Of a piece's ink, how much lies in each cell, the first number for what lies in none."""
    own = cells[piece.top : piece.bottom, piece.left : piece.right]
    masses = np.bincount(own.ravel(), weights=piece.ink.ravel(), minlength=count + 1)
    return np.asarray(masses / max(1.0, masses.sum()), np.float64)


def labels(shape: tuple[int, ...], mesh: Mesh) -> NDArray[np.int16]:
    """For each place the number of the cell that it is in, from 1 on row by row; 0 outside."""
    found = np.zeros(shape, np.int16)
    columns = mesh.shape[1] - 1
    for number in range((len(mesh) - 1) * columns):
        row, column = divmod(number, columns)
        corners = mesh[[row, row, row + 1, row + 1], [column, column + 1, column + 1, column]]
        cv2.fillConvexPoly(found, np.rint(corners * 16).astype(np.int32), (number + 1,), cv2.LINE_8, 4)
    return found


@dataclass(frozen=True, eq=False)
class _Cell:
    """What is in a cell.

    Attributes:
        place: the rectangle around it.
        own: which places in there are its own.
        strength: uint8 (H, W), of the channel that shows its ink best.
        middle: that of its paper.
        contrast: by how much its ink is stronger.
        grain: standard deviation of the paper's strength.
    """

    place: tuple[slice, slice]
    own: NDArray[np.bool_]
    strength: Mask
    middle: float
    contrast: float
    grain: float


def _cell(strengths: Sequence[Mask], mesh: Mesh, lines: Mask, cells: NDArray[np.int16], number: int) -> _Cell | None:
    """What is in a cell; None where lines leave nothing of it."""
    row, column = divmod(number, mesh.shape[1] - 1)
    corners = mesh[row : row + 2, column : column + 2].reshape(4, 2)
    left, top = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 1
    place = (slice(top, bottom), slice(left, right))
    own = cells[place] == number + 1
    inner = own & (lines[place] == 0)
    across, down = (BORDER * np.ptp(corners, axis=0)).astype(int)
    inner[:down] = inner[len(inner) - down :] = False
    inner[:, :across] = inner[:, inner.shape[1] - across :] = False
    count = int(np.count_nonzero(inner))
    strong = max(4, round(INK * min(own.shape) ** 2))  # places
    if count < 2 * strong:
        return None
    best: _Cell | None = None
    for strength in strengths:
        values = np.partition(strength[place][inner], (count // 2, count - strong))
        middle, high = float(values[count // 2]), float(values[count - strong])
        if best is None or high - middle > best.contrast:
            grain = 1.4826 * (middle - float(np.median(values[: count // 2])))
            best = _Cell(place, own, strength, middle, high - middle, grain)
    return best


def _rulings(strength: Mask, mesh: Mesh) -> Mask:
    """Where the lines of a grid are: uint8 (H, W), 1 on 0, as thick as they are."""
    found = np.zeros(strength.shape, np.uint8)
    for lines in (mesh, mesh.transpose(1, 0, 2)):
        _draw(found, strength, lines)
    return found


def _draw(found: Mask, strength: Mask, lines: Mesh) -> None:
    """Draw lines, float64 (n, m, 2), where their parts really are, and as thick."""
    starts, ways = lines[:, :-1], np.diff(lines, axis=1)  # (n, m, 2)
    apart = float(np.median(np.linalg.norm(np.diff(lines, axis=0), axis=-1)))
    reach = max(3, round(ACROSS * apart))
    across = np.stack([-ways[..., 1], ways[..., 0]], axis=-1)
    across /= np.maximum(np.linalg.norm(across, axis=-1, keepdims=True), 1e-6)
    shares = ((np.arange(SAMPLES) + 0.5) / SAMPLES)[:, np.newaxis, np.newaxis]
    offsets = np.arange(-reach, reach + 1)
    along = starts[:, :, np.newaxis, np.newaxis] + shares * ways[:, :, np.newaxis, np.newaxis]
    places = along + offsets[:, np.newaxis] * across[:, :, np.newaxis, np.newaxis]  # (n, m, SAMPLES, offsets, 2)
    flat = places.reshape(-1, 2).astype(np.float32)
    tiles = [
        np.ascontiguousarray(flat[start : start + TILES].T)[..., np.newaxis] for start in range(0, len(flat), TILES)
    ]
    values = np.concatenate([cv2.remap(strength, tile[0], tile[1], cv2.INTER_LINEAR) for tile in tiles])
    profiles = np.median(values.reshape(places.shape[:-1]), axis=2).astype(float)  # strokes across it don't count
    for number, some in enumerate(profiles):
        extents = np.array([_extent(profile) for profile in some])
        width = int(np.median(np.ptp(extents, axis=1))) + 1  # strokes along it don't count either
        for part, (begin, end) in enumerate(extents):
            is_line = end - begin < reach
            shift = (offsets[begin] + offsets[end]) / 2 if is_line else 0.0
            start = starts[number, part] + shift * across[number, part]
            points = np.rint(np.array([start, start + ways[number, part]]) * 16).astype(int)
            cv2.line(found, points[0].tolist(), points[1].tolist(), (1,), min(width, reach), cv2.LINE_8, 4)


def _extent(profile: NDArray[np.float64]) -> tuple[int, int]:
    """Where across a line it begins and ends, both counted in."""
    quarter = len(profile) // 4
    middle = quarter + int(profile[quarter : len(profile) - quarter].argmax())
    paper = float(np.percentile(profile, 25))
    is_line = profile > paper + EDGE * (profile[middle] - paper)
    begin = end = middle
    while begin > 0 and is_line[begin - 1]:
        begin -= 1
    while end < len(profile) - 1 and is_line[end + 1]:
        end += 1
    return begin, end


def _without(ink: Mask, lines: Mask) -> Mask:
    """The ink without lines, and without what is left beside them; strokes that go through them stay whole."""
    mask = (ink >= INKED).astype(np.uint8)
    thick = int(2 * cv2.distanceTransform(np.pad(lines, 1), cv2.DIST_L2, 3).max())
    reach = 2 * (thick // 8) + 5
    near = cv2.dilate(lines, np.ones((reach, reach), np.uint8))
    rest = np.where(lines, 0, mask).astype(np.uint8)
    _, pieces = cv2.connectedComponents(rest, connectivity=8)
    count = int(pieces.max()) + 1
    areas, within = (np.bincount(some.ravel(), minlength=count) for some in (pieces, pieces[near > 0]))
    is_left_over = within > LEFT_OVER * areas
    rest[is_left_over[pieces]] = 0
    around = cv2.dilate(rest, np.ones((3, 3), np.uint8))
    through = np.zeros_like(mask)
    for shape in ((thick + 3, 1), (1, thick + 3)):
        through |= np.asarray(cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones(shape, np.uint8)), np.uint8)
    return np.where((around > 0) & (lines == 0) | (through & lines) > 0, ink, 0).astype(np.uint8)
