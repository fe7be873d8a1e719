"""The command that makes the misread digits of a model which has none yet."""

import json
import shutil
import subprocess
import sys

import pytest

from digitpad.errors import RunError
from digitpad.models import catalogue
from digitpad.models.mistakes import MISTAKES_FILE, mistakes_of
from digitpad.models.model import Model
from digitpad.training.mistakes import make_mistakes


@pytest.fixture
def folder(tmp_path):
    """A model as an older digitpad left it."""
    folder = shutil.copytree(catalogue.SHIPPED / "classic", tmp_path / "mine")
    (folder / MISTAKES_FILE).unlink()
    return folder


def test_it_makes_what_a_training_leaves_and_says_how_many(folder, mnist):
    command = [sys.executable, "-m", "digitpad.training.mistakes", str(folder), "--data", str(mnist.source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("85 of 10,000 digits are misread.")
    shipped = mistakes_of(catalogue.find("classic"))
    assert (mistakes_of(Model(folder)).glyphs == shipped.glyphs).all()


def test_a_model_without_a_card_is_refused(folder):
    (folder / "card.json").unlink()
    with pytest.raises(RunError, match="has no card"):
        make_mistakes(folder)


def test_a_model_that_does_not_read_as_its_card_says_is_refused(folder, mnist):
    card = json.loads((folder / "card.json").read_text())
    card["test"]["accuracy"] = 0.5
    (folder / "card.json").write_text(json.dumps(card))
    with pytest.raises(RunError, match=r"reads 99\.15% of MNIST's test digits right here, and 50\.00% by its card"):
        make_mistakes(folder, mnist.source)
    assert not (folder / MISTAKES_FILE).exists()
