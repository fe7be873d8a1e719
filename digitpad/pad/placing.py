"""Where on a page a number stands whose box a person drew or moved: in which row, and where in that."""

from collections.abc import Iterable
from dataclasses import replace

from digitpad.numbers.page import Box
from digitpad.pad.checked import CheckedNumber

BESIDE = 0.5  # share of the lower one's height that neighbours in a row have in common, at least

Numbers = tuple[CheckedNumber, ...]


def placed(numbers: Iterable[CheckedNumber], new: CheckedNumber) -> Numbers:
    """The numbers with another among them, in the row whose nearest number it stands beside, or in one of its own."""
    rows = _rows(numbers)
    nearest = [min(row, key=lambda number: _apart(number.box, new.box)) for row in rows]
    beside = [_beside(number.box, new.box) for number in nearest]
    if beside and max(beside) >= BESIDE:
        row = rows[beside.index(max(beside))]
        row.append(new)
        row.sort(key=lambda number: _middle(number.box, 0))
    else:
        above = sum(_middle(number.box, 1) < _middle(new.box, 1) for number in nearest)
        rows.insert(above, [new])
    return _counted(rows)


def without(numbers: Iterable[CheckedNumber], gone: CheckedNumber) -> Numbers:
    """The numbers without one of them; a row that is then empty is none any more."""
    return _counted(_rows(number for number in numbers if number.id != gone.id))


def common(one: Box, other: Box, axis: int) -> int:
    """How many pixels two boxes have in common across (axis 0) or down (axis 1); below 0 where there is a gap."""
    return min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])


def _apart(one: Box, other: Box) -> int:
    return max(0, -common(one, other, 0))


def _beside(one: Box, other: Box) -> float:
    return common(one, other, 1) / max(1, min(one[3] - one[1], other[3] - other[1]))


def _middle(box: Box, axis: int) -> float:
    return (box[axis] + box[axis + 2]) / 2


def _rows(numbers: Iterable[CheckedNumber]) -> list[list[CheckedNumber]]:
    rows: dict[int, list[CheckedNumber]] = {}
    for number in numbers:
        rows.setdefault(number.row, []).append(number)
    return list(rows.values())


def _counted(rows: Iterable[Iterable[CheckedNumber]]) -> Numbers:
    """The numbers of rows in one sequence, each knowing its place."""
    return tuple(
        replace(number, row=row, place=place)
        for row, numbers in enumerate(rows, 1)
        for place, number in enumerate(numbers, 1)
    )
