"""Pieces of ink in rows: slanted or wavy ones too, of digits of uneven sizes, with what is no digit beside them."""

from dataclasses import dataclass

import numpy as np

from digitpad.numbers.page import around
from digitpad.numbers.pieces import Piece, joined

SMALLER = 0.25  # times as high as the piece in the middle of all ink are digits, at least
ALIKE = 1.6  # times as high as others of its row is a digit, at most
TINY = 0.35  # share of a digit's height that a dot, a dash or a part of a digit measures, at most
DOT = 0.5  # share of a digit's height that a blot measures, at most
SPECK = 0.07  # share of a digit's height that anything measures that was written, at least
BESIDE = 0.3  # share of the lower one's height that two pieces of a row have in common, at least
ABOVE = 0.5  # share of the narrower one's width that two pieces have in common that stand above each other, at least
TALL, WIDE = 1.25, 1.1  # heights of a digit that both are high and wide, at most
FAR = 6.0  # heights of a digit that there are between two pieces of a row, at most
LONG = 3.0  # times as wide as a digit is high is a line
FLAT = 0.4  # share of a digit's height that a line is high, at most, or a share of its own width
RECENT = 6  # pieces of a row that tell where it leads
WHOLE = 0.6  # share of a digit's height that those measure, at least
SLOPE = 0.35  # how much a row rises or falls for each pixel along it, at most


@dataclass(frozen=True, eq=False)
class Row:
    """Pieces that stand beside each other.

    Attributes:
        pieces: from left to right.
        height: of its digits, in pixels.
    """

    pieces: list[Piece]
    height: float


def digit_height(pieces: list[Piece]) -> float:
    """How high most of the digits are, in pixels; what is tiny or huge beside them does not count."""
    if not pieces:
        return 0.0
    heights = np.array([piece.height for piece in pieces], float)
    weights = np.array([piece.mass for piece in pieces], float) + 1
    # Half of the ink is in pieces that are higher: specks weigh little, whatever their number.
    order = heights.argsort()
    half = heights[order][np.searchsorted(weights[order].cumsum(), weights.sum() / 2)]
    # But a sign may have more ink than all the digits beside it: of heights, that counts which most have.
    some = heights[heights >= SMALLER * half]
    alike = np.abs(np.log(some[:, np.newaxis] / some)) < np.log(ALIKE)
    most = int((alike * some).sum(axis=1).argmax())
    return float(np.median(some[alike[most]]))


def rows_of(pieces: list[Piece]) -> tuple[list[Row], list[Piece]]:
    """The rows, from top to bottom, and the pieces that are no part of one: lines and specks."""
    height = digit_height(pieces)
    large, small, others = [], [], []
    for piece in pieces:
        longer = max(piece.width, piece.height)
        if longer < SPECK * height:
            continue
        if _is_line(piece, height):
            others.append(piece)
        elif piece.height > TINY * height and not (piece.height < DOT * height and piece.is_blot):
            large.append(piece)
        else:
            small.append(piece)
    stacks = stacks_of(large, height)
    chains = [[piece for stack in chain for piece in stacks[stack]] for chain in _chains(list(stacks), height)]
    for piece in small:
        nearest = min(chains, key=lambda chain: _apart(chain, piece), default=None)
        if nearest is None or _apart(nearest, piece) > 0.8 * height:
            others.append(piece)
        else:
            nearest.append(piece)
    rows = [Row(sorted(chain, key=lambda piece: piece.middle), digit_height(chain)) for chain in chains]
    return sorted(rows, key=_level), others


def stacks_of(pieces: list[Piece], height: float) -> dict[Piece, list[Piece]]:
    """Pieces that stand above each other, as the parts of a broken digit do, as one; each with what it is made of."""
    stacks: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.top):
        for stack in stacks:
            left, top, right, bottom = around([one.box for one in (*stack, piece)])
            across = min(piece.right, stack[-1].right) - max(piece.left, stack[-1].left)
            is_low = min(piece.height, stack[-1].height) < WHOLE * height * 1.2
            fits = bottom - top <= TALL * height and right - left <= WIDE * height
            if is_low and fits and across >= ABOVE * min(piece.width, stack[-1].width):
                stack.append(piece)
                break
        else:
            stacks.append([piece])
    return {joined(stack): stack for stack in stacks}


def _is_line(piece: Piece, height: float) -> bool:
    is_flat = piece.height < FLAT * height or piece.mass < 0.12 * piece.width * piece.height
    return piece.width > LONG * height and is_flat


def _chains(pieces: list[Piece], height: float) -> list[list[Piece]]:
    """Each piece goes on with the row whose end lies nearest beside it, or begins a new one."""
    chains: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.left):
        best, least = None, 1e9
        for chain in chains:
            apart = _off(chain, piece, height)
            if apart is not None and apart < least:
                best, least = chain, apart
        if best is None:
            chains.append([piece])
        else:
            best.append(piece)
    return _merged(chains, height)


def _off(chain: list[Piece], piece: Piece, height: float) -> float | None:
    """How far a piece lies from where a row leads, in pixels; None where it is not beside it."""
    near = [one for one in chain[-RECENT:] if piece.left - one.right < FAR * height]
    if not near:
        return None
    lies_beside = any(_common(one, piece) >= BESIDE * min(piece.height, one.height) for one in near[-2:])
    whole = [one for one in near if one.height > WHOLE * height] or near
    middle = (piece.top + piece.bottom) / 2
    expected = (whole[-1].top + whole[-1].bottom) / 2
    across = np.array([one.middle for one in whole])
    if np.ptp(across) > 1.5 * height:
        slope, _ = np.polyfit(across, [(one.top + one.bottom) / 2 for one in whole], 1)
        expected += float(np.clip(slope, -SLOPE, SLOPE)) * min(piece.middle - whole[-1].middle, 2 * height)
    off = abs(middle - expected)
    if not lies_beside and off > 0.5 * height:
        return None
    return off if off <= 0.75 * max(height, piece.height) else None


def _common(one: Piece, other: Piece) -> int:
    """How many pixels of their heights two pieces have in common; below 0 where one lies below the other."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _merged(chains: list[list[Piece]], height: float) -> list[list[Piece]]:
    """Rows that began apart, as one number higher than the next, and go on as one."""
    chains = sorted(chains, key=lambda chain: min(piece.left for piece in chain))
    merged: list[list[Piece]] = []
    for chain in chains:
        for other in merged:
            ends = max(piece.right for piece in other)
            begins = min(piece.left for piece in chain)
            if begins - ends + 0.3 * height >= 0 and begins - ends < FAR * height:
                near = sorted(other, key=lambda piece: piece.right)[-1]
                first = chain[0]
                if _common(near, first) >= BESIDE * min(near.height, first.height):
                    other.extend(chain)
                    break
        else:
            merged.append(chain)
    return merged


def _apart(chain: list[Piece], piece: Piece) -> float:
    """How far a small piece lies from the nearest ones of a row, upwards or downwards and to the side, in pixels."""
    return min(
        max(0, one.top - piece.bottom, piece.top - one.bottom) * 2.0
        + 0.3 * max(0, one.left - piece.right, piece.left - one.right)
        for one in chain
    )


def _level(row: Row) -> float:
    return float(np.mean([(piece.top + piece.bottom) / 2 for piece in row.pieces]))
