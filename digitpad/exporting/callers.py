"""What a program must do that calls an exported network: before, with what was drawn, and after, with its answer."""

from typing import Any

import digitpad
from digitpad.models.model import Model
from digitpad.reading import UNSURE_BELOW

BEFORE = (
    "A glyph is one digit as MNIST frames it: 28 x 28 pixels, ink 255 on 0, grey at the edges. What was drawn is "
    "cut out, scaled with its shape kept so that its longer side is 20 pixels, and placed so that the centre of mass "
    "of its ink lies in the middle of pixel 14, counted from 0, both ways; strokes are about 2.2 pixels wide. The "
    "network takes the pixels divided by 255, row by row. Where there is no ink, don't ask it."
)
AFTER = (
    "The ten digits' probabilities come first, and sum to 1 with the last one, that it is no digit. Where the last "
    "is above not_a_digit_above, say that it is no digit. Else the digit is the likeliest of the ten; it is unsure "
    "where its probability is below unsure_below, or the last is above unsure_above."
)
AFTER_DIGITS_ALONE = (
    "The probabilities of the ten digits, which sum to 1. The digit is the likeliest; it is unsure where its "
    "probability is below unsure_below. The network can't tell what is no digit: it takes everything for one."
)
CALIBRATED = "The last layer is divided by it already: of all answers at 0.9 nine in ten are right."
SECOND_LOOK = (
    "Where the likeliest digit has less than nine tenths of all ten's probability, digitpad asks again with the "
    "glyph turned by 6 degrees, slanted by 0.12 and stretched by 1.08, each both ways, and takes the mean. An export "
    "is asked once, and its figures are compared with digitpad's first look."
)


def terms(model: Model) -> dict[str, Any]:
    """What its caller must know of a model, as `json.dumps` takes it.

    Args:
        model: the one that is exported.
    """
    known: dict[str, Any] = {
        "model": model.name,
        "made_by": f"digitpad {digitpad.__version__}",
        "input": {"type": "float32", "shape": ["n", 28, 28, 1], "is": "glyphs, ink 1 on 0"},
        "before": BEFORE,
        "output": {
            "type": "float32",
            "shape": ["n", 11 if model.tells_no_digit else 10],
            "is": [*map(str, range(10)), *(["no digit"] if model.tells_no_digit else [])],
        },
        "after": AFTER if model.tells_no_digit else AFTER_DIGITS_ALONE,
        "unsure_below": UNSURE_BELOW,
    }
    if model.tells_no_digit:
        known |= {"unsure_above": model.unsure_above, "not_a_digit_above": model.not_a_digit_above}
    if "temperature" in model.card:
        known |= {"temperature": model.card["temperature"], "temperature_is": CALIBRATED}
    if model.looks_again:
        known["second_look"] = SECOND_LOOK
    return known
