"""Pieces of ink in rows: slanted or wavy ones too, of digits of uneven sizes, with what is no digit beside them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.numbers.page import Box, around
from digitpad.numbers.pieces import Piece, joined
from digitpad.stopping import end_if_over

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
NEXT, STEP = 2.0, 1.1  # heights of a digit that a row goes on to the right, and upwards or downwards, at most
STRAY = 0.8  # heights of a digit that a small piece is away from its row, at most
FURTHEST = 3.0  # heights of a digit that a piece is higher or lower than the one before it in its row, at most
HIGHER = 2.2  # times as high as a comma is the digit before it, at least
BEHIND, AROUND = 0.4, 0.25  # heights of that digit between them, and between its foot and the comma's middle, at most
NOT = float("inf")
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
    large: list[Piece] = []
    small: list[Piece] = []
    others: list[Piece] = []
    for piece, is_comma in zip(pieces, _are_commas(pieces, height), strict=True):
        longer = max(piece.width, piece.height)
        if longer < SPECK * height:
            continue
        if _is_line(piece, height):
            others.append(piece)
        elif piece.height > TINY * height and not (piece.height < DOT * height and piece.is_blot):
            (small if is_comma else large).append(piece)
        else:
            small.append(piece)
    stacks = stacks_of(large, height)
    chains = [[piece for stack in chain for piece in stacks[stack]] for chain in _chains(list(stacks), height)]
    nearest = _nearest(chains, small) if chains else [(0, NOT)] * len(small)
    for piece, (number, apart) in zip(small, nearest, strict=True):
        (others if apart > STRAY * height else chains[number]).append(piece)
    rows = [Row(sorted(chain, key=lambda piece: piece.middle), digit_height(chain)) for chain in chains]
    return sorted(rows, key=_level), others


def stacks_of(pieces: list[Piece], height: float) -> dict[Piece, list[Piece]]:
    """Pieces that stand above each other, as the parts of a broken digit do, as one; each with what it is made of."""
    stacks: list[list[Piece]] = []
    open_stacks: list[tuple[list[Piece], Box]] = []  # those that reach far enough down, and the boxes around them
    for piece in sorted(pieces, key=lambda one: one.top):
        open_stacks = [(stack, box) for stack, box in open_stacks if piece.bottom - box[1] <= TALL * height]
        for number, (stack, box) in enumerate(open_stacks):
            if _stands_below(piece, stack[-1], box, height):
                stack.append(piece)
                open_stacks[number] = stack, around([box, piece.box])
                break
        else:
            stacks.append([piece])
            open_stacks.append((stacks[-1], piece.box))
    return {joined(stack): stack for stack in stacks}


def _stands_below(piece: Piece, last: Piece, box: Box, height: float) -> bool:
    """Whether a piece goes on with a stack, whose last piece is given, and the box around it."""
    if min(piece.height, last.height) >= WHOLE * TALL * height:
        return False  # each may be a digit
    wide = max(piece.right, box[2]) - min(piece.left, box[0])
    across = min(piece.right, last.right) - max(piece.left, last.left)
    return wide <= WIDE * height and across >= ABOVE * min(piece.width, last.width)


def _is_line(piece: Piece, height: float) -> bool:
    is_flat = piece.height < FLAT * height or piece.mass < 0.12 * piece.width * piece.height
    return piece.width > LONG * height and is_flat


def _are_commas(pieces: list[Piece], height: float) -> NDArray[np.bool_]:
    """Which pieces stand behind a much higher one as commas do, bool (n,)."""
    lefts, tops, rights, bottoms = np.array([piece.box for piece in pieces], float).reshape(-1, 4).T
    highs = bottoms - tops
    found = np.zeros(len(pieces), bool)
    for place in np.flatnonzero((highs >= rights - lefts) & (highs > TINY * height) & (highs < height)):
        is_near = np.abs(lefts[place] - rights) <= BEHIND * highs
        is_at_foot = np.abs(tops[place] + highs[place] / 2 - bottoms) <= AROUND * highs
        found[place] = bool((is_near & is_at_foot & (highs >= HIGHER * highs[place])).any())
    return found


def _chains(pieces: list[Piece], height: float) -> list[list[Piece]]:
    """Each piece goes on with the row whose end lies nearest beside it, or begins a new one."""
    chains: list[list[Piece]] = []
    open_chains: list[list[Piece]] = []  # those that end no further left than rows are apart
    for piece in sorted(pieces, key=lambda one: one.left):
        end_if_over()
        open_chains = [
            chain for chain in open_chains if any(piece.left - one.right < FAR * height for one in chain[-RECENT:])
        ]
        apart = [
            (off, number) for number, chain in enumerate(open_chains) if (off := _off(chain, piece, height)) < NOT
        ]
        if apart:
            open_chains[min(apart)[1]].append(piece)
        else:
            chains.append([piece])
            open_chains.append(chains[-1])
    return _merged(chains, height)


def _off(chain: list[Piece], piece: Piece, height: float) -> float:
    """How far a piece lies from where a row leads, in pixels; NOT where it is not beside it."""
    middle, last = _middle(piece), _middle(chain[-1])
    if abs(middle - last) > FURTHEST * max(height, piece.height, chain[-1].height):
        return NOT
    near = [one for one in chain[-RECENT:] if piece.left - one.right < FAR * height]
    lies_beside = any(_common(one, piece) >= BESIDE * min(piece.height, one.height) for one in near[-2:])
    whole = [one for one in near if one.height > WHOLE * height] or near
    if not whole:
        return NOT
    expected = _middle(whole[-1])
    across = np.array([one.middle for one in whole])
    if np.ptp(across) > 1.5 * height:
        off_mean = across - across.mean()
        slope = float(off_mean @ [_middle(one) for one in whole] / (off_mean @ off_mean))
        expected += min(max(slope, -SLOPE), SLOPE) * min(piece.middle - whole[-1].middle, 2 * height)
    off = abs(middle - expected)
    if not lies_beside and off > 0.5 * height:
        return NOT
    return off if off <= 0.75 * max(height, piece.height) else NOT


def _middle(piece: Piece) -> float:
    """Of its box, from top to bottom."""
    return (piece.top + piece.bottom) / 2


def _common(one: Piece, other: Piece) -> int:
    """How many pixels of their heights two pieces have in common; below 0 where one lies below the other."""
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _merged(chains: list[list[Piece]], height: float) -> list[list[Piece]]:
    """Rows that began apart, as one number higher than the next, and go on as one."""
    merged: list[list[Piece]] = []
    ends: list[Piece] = []  # the piece of each that ends furthest to the right
    for chain in sorted(chains, key=lambda chain: chain[0].left):
        first, last = chain[0], max(chain, key=lambda piece: piece.right)
        for number, end in enumerate(ends):
            gap = first.left - end.right
            lies_beside = _common(end, first) >= BESIDE * min(end.height, first.height)
            # Rows stand above each other: what begins where another ends is the same one, if hardly higher or lower.
            is_near = gap < NEXT * height and abs(_middle(first) - _middle(end)) <= STEP * height
            if -0.3 * height <= gap < FAR * height and (lies_beside or is_near):
                merged[number].extend(chain)
                ends[number] = max(end, last, key=lambda piece: piece.right)
                break
        else:
            merged.append(list(chain))
            ends.append(last)
    return merged


def _nearest(chains: list[list[Piece]], small: list[Piece]) -> list[tuple[int, float]]:
    """For each small piece the row that it is nearest to, and how far away; upwards and downwards counts twice."""
    boxes = np.array([piece.box for chain in chains for piece in chain])
    rows = np.repeat(np.arange(len(chains)), [len(chain) for chain in chains])
    found = []
    for piece in small:
        left, top, right, bottom = piece.box
        above = np.maximum(np.maximum(boxes[:, 1] - bottom, top - boxes[:, 3]), 0)
        beside = np.maximum(np.maximum(boxes[:, 0] - right, left - boxes[:, 2]), 0)
        apart = 2.0 * above + 0.3 * beside
        nearest = int(apart.argmin())
        found.append((int(rows[nearest]), float(apart[nearest])))
    return found


def _level(row: Row) -> float:
    return float(np.mean([_middle(piece) for piece in row.pieces]))
