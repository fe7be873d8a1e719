"""What digitpad says of itself."""

import re

import pytest

from digitpad.models.card import DATA_SETS
from digitpad_desktop.about import TEXT

NAMED = {"MNIST": "MNIST", "UCI": "pen digits", "UNIPEN": "UNIPEN", "Omniglot": "Omniglot"}


@pytest.mark.parametrize("data", DATA_SETS.values())
def test_every_data_set_that_a_card_can_name_is_named_with_its_licence(data):
    [name] = (there for here, there in NAMED.items() if here in data)
    assert re.search(rf"{name}\s+\([^)]*(CC BY|MIT)", TEXT)
