"""Small parts of the real data, so that a training takes seconds."""

import pytest

from digitpad.training.datasets import Mnist


@pytest.fixture(scope="session")
def little_mnist(mnist: Mnist) -> Mnist:
    """1,000 examples to learn from, before the 5,000 for validation; 500 to test with."""
    return Mnist(train=mnist.train[-6000:], test=mnist.test[:500], source=mnist.source)
