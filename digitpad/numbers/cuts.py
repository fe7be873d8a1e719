"""Where digits that touch each other may be cut apart.

A cut is a path from top to bottom through a piece of ink that crosses as little of it as it can, found by dynamic
programming, as a seam is in Avidan and Shamir, "Seam carving for content-aware image resizing" (SIGGRAPH, 2007). Of
many such paths, each held near another column, those are candidates that cross less ink than the ones beside them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.pieces import Piece
from digitpad.stopping import end_if_over

DRAFT_HEIGHT = 48  # pixels that a piece is high while paths are looked for
REACHES = (0.02, 0.2)  # shares of the height that a path may leave its column to each side
ALIKE = 0.05  # share of the height that two paths are apart somewhere, at least
STEP = 0.05  # share of the height between two columns that are tried
CHEAP = 0.95  # share of the cost that is saved where ink is twice as thick as a stroke
SHARED = 0.03  # share of the height that both sides of a cut keep: strokes that touch there have that in common
MARGIN = 0.12  # share of the height that a cut stays away from the piece's ends
ASIDE = 0.05  # what a step aside costs, as a share of a pixel of ink


@dataclass(frozen=True, eq=False)
class Cut:
    """A way through a piece.

    Attributes:
        path: int (H,), the first column of what is right of it, for each row of the piece.
        crossed: the ink it crosses, as a share of the piece's height.
    """

    path: NDArray[np.int_]
    crossed: float


def cuts_of(piece: Piece, width: float, most: int) -> list[Cut]:
    """Candidates for cuts, from left to right: straight ones, and ones that bend around strokes.

    Args:
        piece: maybe several digits that touch.
        width: of the narrowest part that may be left, as a share of the piece's height.
        most: so many candidates of each kind.
    """
    end_if_over()
    scale = DRAFT_HEIGHT / piece.height
    size = (max(3, round(piece.width * scale)), DRAFT_HEIGHT)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(piece.ink, size, interpolation=way), np.float32) / np.float32(255)
    margin = max(1, round(MARGIN * DRAFT_HEIGHT))
    columns = np.arange(margin, size[0] - margin, max(1, round(STEP * DRAFT_HEIGHT)))
    if not len(columns):
        return []
    kept: list[tuple[NDArray[np.int_], float]] = []
    resistance = _resistance(small)
    for reach in REACHES:
        paths, costs, crossed = _paths(resistance, columns, max(1, round(reach * DRAFT_HEIGHT)))
        # Less than its neighbours, and not the same path twice.
        own: list[float] = []
        for number in np.argsort(costs, kind="stable"):
            path, middle = paths[number], float(paths[number].mean())
            if len(own) == most:
                break
            if all(abs(middle - other) >= width * DRAFT_HEIGHT for other in own):
                own.append(middle)
                if all(np.abs(path - other).max() >= ALIKE * DRAFT_HEIGHT for other, _ in kept):
                    kept.append((path, float(crossed[number])))
    rows = np.minimum((np.arange(piece.height) * scale).astype(int), DRAFT_HEIGHT - 1)
    return [
        Cut(np.rint((path[rows] + 0.5) / scale).astype(int), ink / DRAFT_HEIGHT)
        for path, ink in sorted(kept, key=lambda one: float(one[0].mean()))
    ]


def _resistance(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """What it costs to cross ink: little where it is thicker than a stroke, as where two strokes touch."""
    mask = np.pad((ink >= 0.5).astype(np.uint8), 1)  # with paper around: OpenCV gives no distances without any
    deep = cv2.distanceTransform(mask, cv2.DIST_L2, 3)[1:-1, 1:-1]
    ridge = deep[(deep >= cv2.dilate(deep, np.ones((3, 3), np.uint8))) & (deep > 0)]
    half = float(np.median(ridge)) if ridge.size else 1.0
    thicker = np.clip((deep - half) / half, 0, 1)
    return np.asarray(ink * (1 - CHEAP * thicker), np.float32)


def _paths(
    ink: NDArray[np.float32], columns: NDArray[np.int_], reach: int
) -> tuple[NDArray[np.int_], NDArray[np.float32], NDArray[np.float32]]:
    """The cheapest path near each column: where it goes, (n, H), what it costs and how much ink it crosses, (n,)."""
    height, width = ink.shape
    offsets = np.arange(-reach, reach + 1)
    places = np.clip(columns[:, np.newaxis] + offsets, 0, width - 1)  # (n, k)
    lean = 0.004 * np.abs(offsets).astype(np.float32)
    total = ink[0][places] + lean
    came = np.zeros((height, *places.shape), np.int8)
    far = np.full((len(columns), 1), 1e9, np.float32)
    for row in range(1, height):
        left = np.concatenate([far, total[:, :-1]], axis=1) + ASIDE
        right = np.concatenate([total[:, 1:], far], axis=1) + ASIDE
        best = np.minimum(np.minimum(left, total), right)
        came[row] = np.where(best == total, 0, np.where(best == left, -1, 1))
        total = best + ink[row][places] + lean
    rows = np.arange(len(columns))
    at = total.argmin(axis=1)
    costs = total[rows, at]
    paths = np.empty((len(columns), height), int)
    crossed = np.zeros(len(columns), np.float32)
    for row in range(height - 1, -1, -1):
        paths[:, row] = places[rows, at]
        crossed += ink[row][paths[:, row]]
        at = at + came[row][rows, at]
    return paths, costs, crossed
