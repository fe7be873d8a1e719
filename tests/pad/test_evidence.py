"""What speaks for each digit, as one picture."""

import numpy as np
import pytest
from conftest import draw

from digitpad import Recognizer
from digitpad.pad.evidence import evidence_of_all


@pytest.mark.parametrize(("name", "units"), [("classic", 128), ("hands", 192)])
def test_the_units_of_all_digits_stand_in_the_order_of_one_and_the_sums_are_the_logits(name, units):
    inside = Recognizer(name).look_inside(draw(4))
    logits = inside.layers[inside.last].maps
    picture, sums = evidence_of_all(inside, 4)
    assert picture.shape == (len(logits), units)
    assert sums == pytest.approx(logits.tolist(), abs=1e-3)
    row = picture[4].astype(int)
    assert (np.diff(row) <= 0).all()
    assert row[0] > 128 > picture.min()
    order = np.argsort(-inside.evidence(4).products, kind="stable")
    other = inside.evidence(7).products[order]
    assert ((picture[7].astype(int) > 128) <= (other > 0)).all()
