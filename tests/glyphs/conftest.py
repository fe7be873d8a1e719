"""Digits by hands that no model has seen."""

import os

import pytest

from digitpad.training.data.mixture import HELD_OUT_WRITERS
from digitpad.training.data.strokes import PenDigit, load_pen_digits


@pytest.fixture(scope="session")
def hands() -> list[PenDigit]:
    """200 digits of the held-out writers, all digits and writers alike."""
    held_out = [digit for digit in load_pen_digits() if digit.writer in HELD_OUT_WRITERS]
    if not held_out:
        # Where they ought to be there, a test that is skipped would look like one that passed.
        if os.environ.get("CI") or os.environ.get("DIGITPAD_DATA"):
            pytest.fail("The pen strokes are missing.")
        pytest.skip("needs the pen strokes; name a folder that has them with $DIGITPAD_DATA")
    return held_out[:: len(held_out) // 200][:200]
