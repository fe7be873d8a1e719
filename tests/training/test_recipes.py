"""How networks are trained: as the textbook does, or in less than half the time."""

import pytest

from digitpad.errors import RunError
from digitpad.training import networks, run
from digitpad.training.fitting import in_one_cycle
from digitpad.training.recipes import QUICK, RECIPES, recipe_of


def test_classic_is_trained_as_the_textbook_does_unless_it_is_to_be_quick():
    assert recipe_of("classic", run.Settings().recipe) is RECIPES["classic"]
    assert (RECIPES["classic"].epochs, RECIPES["classic"].batch_size, RECIPES["classic"].peak) == (10, 128, None)
    assert recipe_of("classic", "quick") is QUICK["classic"]


@pytest.mark.parametrize(
    ("network", "recipe", "says"),
    [
        ("hands", "quick", "There is no quick recipe for hands. There is one for: classic."),
        ("classic", "slow", "There is no recipe 'slow'. There are: standard, quick."),
    ],
)
def test_a_recipe_that_is_not_there_is_refused(network, recipe, says):
    with pytest.raises(RunError, match=says):
        run.Settings(network=network, recipe=recipe)


def test_in_one_cycle_the_learning_rate_rises_and_falls_and_the_network_stays_the_textbooks():
    network = networks.build("classic", steps=100)
    loss = network.loss
    in_one_cycle(network, 100, 4e-3)
    rates = []
    for step in (0, 12, 25, 60, 100):
        network.optimizer.iterations.assign(step)
        rates.append(float(network.optimizer.learning_rate))
    assert rates[0] < rates[1] < rates[2] > rates[3] > rates[4]
    assert rates[2] == pytest.approx(4e-3)
    assert rates[4] == pytest.approx(0, abs=1e-6)
    assert network.loss == loss
    assert network.count_params() == 225_034
