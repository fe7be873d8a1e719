"""Whether an export says what digitpad says, of the same glyphs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import ExportError
from digitpad.exporting.runtimes import Look
from digitpad.glyphs.glyph import network_input
from digitpad.models.arithmetic import Network
from digitpad.models.layers import Maps
from digitpad.models.model import Model, with_no_digit
from digitpad.models.network_file import layers_of

# Of probabilities, where the same weights are computed with: sums in another order move them less, a layer that was
# lost or turned far more.
TOLERANCE = 1e-4
# The same on average where digitpad's 8-bit activations, or weights, stand against 32 bits: few glyphs move more.
MEAN_TOLERANCE = 5e-3
AT_ONCE = 100  # glyphs; more would need much memory where NumPy computes


@dataclass(frozen=True)
class Parity:
    """How far an export and digitpad differ.

    Attributes:
        glyphs: how many were compared.
        largest_difference: of any probability, from what digitpad's LiteRT gives at first sight.
        mean_difference: of each glyph's probability that moves most.
        differing_digits: how many glyphs are read as another digit.
        differing_verdicts: how many are another time a digit, unsure or no digit.
        largest_difference_in_32_bits: from the same weights, computed by NumPy without LiteRT's rounding to 8 bits;
            None where it can't be.
    """

    glyphs: int
    largest_difference: float
    mean_difference: float
    differing_digits: int
    differing_verdicts: int
    largest_difference_in_32_bits: float | None


def compared(model: Model, look: Look, glyphs: NDArray[np.uint8]) -> Parity:
    """Let an export and digitpad read the same glyphs.

    Args:
        model: the one that was exported.
        look: what reads the export.
        glyphs: uint8 (n, 28, 28), ink 255 on 0.

    Raises:
        ExportError: they differ by more than rounding can explain.
    """
    network = Network(layers_of(model.content()))
    is_known = not network.lacking()
    differences, in_32_bits, digits, verdicts = [], [], 0, 0
    for some in _batches(glyphs):
        expected = model.at_first_sight(some)
        given = with_no_digit(look(network_input(some)))
        differences.append(np.abs(given - expected).max(axis=1))
        digits += int((given[:, :10].argmax(axis=1) != expected[:, :10].argmax(axis=1)).sum())
        verdicts += sum(one != other for one, other in zip(_said(model, given), _said(model, expected), strict=True))
        if is_known:
            smooth = with_no_digit(network.forward(network_input(some), rounds=False)[-1])
            in_32_bits.append(float(np.abs(given - smooth).max()))
    moved = np.concatenate(differences)
    parity = Parity(
        len(glyphs), float(moved.max()), float(moved.mean()), digits, verdicts, max(in_32_bits) if is_known else None
    )
    _refuse(parity)
    return parity


def _refuse(parity: Parity) -> None:
    exact = parity.largest_difference_in_32_bits
    is_same = parity.largest_difference <= TOLERANCE or (exact is not None and exact <= TOLERANCE)
    # What was rebuilt from digitpad's own weights has to be the same; what was learned in 32 bits can only be near.
    if not (is_same or (exact is None and parity.mean_difference <= MEAN_TOLERANCE)):
        raise ExportError(
            f"The export does not read as digitpad does: probabilities differ by {parity.mean_difference:.2g} on "
            f"average and by up to {parity.largest_difference:.2g}. Nothing was written. Export it in another format."
        )


def _batches(glyphs: NDArray[np.uint8]) -> Iterator[NDArray[np.uint8]]:
    return (glyphs[start : start + AT_ONCE] for start in range(0, len(glyphs), AT_ONCE))


def _said(model: Model, probabilities: Maps) -> list[str]:
    """The verdict on each, whatever the glyph."""
    blank = np.ones((28, 28), np.uint8)
    return [str(model.reading(blank, each).verdict) for each in probabilities]
