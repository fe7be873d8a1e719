"""What speaks for each digit in the last layer, as one picture."""

import numpy as np

from digitpad.models.inside import Inside
from digitpad.pad.mosaics import Picture, signed

BRIGHTEST = 99  # percent of them are within the colours: a few that stand out would darken all others


def evidence_of_all(inside: Inside, digit: int) -> tuple[Picture, list[float]]:
    """What each unit of the last layer but one says for each digit, as one picture.

    Args:
        inside: what a network makes of the glyph.
        digit: whose evidence the units are put in the order of, from what speaks most for it to what speaks against.

    Returns:
        uint8 (outputs, units), shades for SIGNED_COLOURS; and each digit's sum, with its bias.

    Raises:
        ModelError: the network does not end in a dense layer; the sentence says so.
    """
    evidence = [inside.evidence(output) for output in range(inside.layers[inside.last].channels)]
    products = np.stack([each.products for each in evidence])
    order = np.argsort(-products[digit], kind="stable")
    most = float(np.percentile(np.abs(products), BRIGHTEST))
    return signed(products[:, order], most), [each.logit for each in evidence]
