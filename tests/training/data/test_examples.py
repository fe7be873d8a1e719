"""The guard that ships: made again from all that is learned from, and small."""

import numpy as np
import pytest

from digitpad.models.memory import GUARD
from digitpad.training.data import examples
from digitpad.training.data.strokes import load_pen_digits
from digitpad.training.data.symbols import load_symbols


def test_the_guard_can_be_made_again_and_is_small(mnist, characters, tmp_path, monkeypatch):
    if not (load_pen_digits() and load_symbols()):
        pytest.skip("needs the pen strokes and the symbols")
    monkeypatch.setattr(examples, "load_unipen", lambda: characters)  # they are read once for all tests
    examples.save_guard(tmp_path / "guard.npz")
    assert GUARD.stat().st_size < 400_000
    with np.load(GUARD) as ships, np.load(tmp_path / "guard.npz") as again:
        for part in ("glyphs", "labels"):
            np.testing.assert_array_equal(ships[part], again[part])
        assert np.bincount(ships["labels"]).tolist() == [60] * 10 + [1200]
