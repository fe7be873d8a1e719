"""What adds most to a value of a map, so that a sum of hundreds of products can be shown."""

from typing import NamedTuple

import numpy as np

from digitpad.models.layers import Maps
from digitpad.models.sums import Sum
from digitpad.pad.inside_words import BIAS, SUM, and_more, called


class Products(NamedTuple):
    """What one of the maps that come in adds to a value.

    Attributes:
        channel: the map's number.
        patch: float32 (h, w), what it has under the kernel.
        kernel: float32 (h, w).
        products: float32 (h, w), patch times kernel.
        amount: their sum.
    """

    channel: int
    patch: Maps
    kernel: Maps
    products: Maps
    amount: float


class Part(NamedTuple):
    """One part of a sum, or all of it.

    Attributes:
        name: what it is called.
        amount: what it adds; below 0 it takes away.
        channel: the number of the map or unit that it comes from; None where it is of no single one.
        is_sum: whether it is the sum of the others.
    """

    name: str
    amount: float
    channel: int | None = None
    is_sum: bool = False


def largest_products(found: Sum, count: int) -> tuple[list[Products], float]:
    """The maps that add most to a value of a convolution, and what all the others add.

    Args:
        found: how the value came about, with a patch (h, w, in).
        count: how many maps.
    """
    patch, kernel, products = found.patch, np.asarray(found.kernel), np.asarray(found.products)
    amounts = products.sum(axis=(0, 1))
    order = np.argsort(-np.abs(amounts), kind="stable")
    shown = [
        Products(each, patch[..., each], kernel[..., each], products[..., each], float(amounts[each]))
        for each in order[:count].tolist()
    ]
    return shown, float(amounts[order[count:]].sum())


def parts_of(found: Sum, count: int, has_maps: bool) -> list[Part]:
    """The sum of a unit: what adds most to it one by one, the others together, the bias, and all of it.

    Args:
        found: how the unit's value came about, with a patch (in,).
        count: how many of those that come in are shown one by one.
        has_maps: whether they are maps, and not units.
    """
    products = np.asarray(found.products)
    order = np.argsort(-np.abs(products), kind="stable").tolist()
    others = products[order[count:]]
    return [
        *(Part(called(each, has_maps), float(products[each]), each) for each in order[:count]),
        *([Part(and_more(len(others), has_maps), float(others.sum()))] if len(others) else []),
        Part(BIAS, found.bias),
        Part(SUM, found.total, is_sum=True),
    ]
