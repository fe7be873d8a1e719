"""Small parts of the real data, so that a training takes seconds."""

import os

import numpy as np
import pytest

from digitpad.training.data.datasets import Mnist
from digitpad.training.data.strokes import PenDigit, load_pen_digits
from digitpad.training.data.symbols import load_symbols
from digitpad.training.data.unipen import Character, load_unipen


@pytest.fixture(scope="session")
def little_mnist(mnist: Mnist) -> Mnist:
    """1,000 examples to learn from, before the 5,000 for validation; 500 to test with."""
    return Mnist(train=mnist.train[-6000:], test=mnist.test[:500], source=mnist.source)


@pytest.fixture(scope="session")
def pens() -> list[PenDigit]:
    """The real pen strokes."""
    return load_pen_digits() or _missing("pen strokes")


@pytest.fixture(scope="session")
def symbols() -> dict[str, list[np.ndarray]]:
    """The real symbols that are no digits."""
    return load_symbols() or _missing("symbols")


@pytest.fixture(scope="session")
def characters() -> list[Character]:
    """UNIPEN's real characters."""
    return load_unipen() or _missing("characters of UNIPEN")


def _missing(what: str):
    # Where they ought to be there, a test that is skipped would look like one that passed.
    if os.environ.get("CI") or os.environ.get("DIGITPAD_DATA"):
        pytest.fail(f"The {what} are missing.")
    pytest.skip(f"needs the {what}: name a folder that has them with $DIGITPAD_DATA")
