"""What a model's card says, in words."""

import json
import shutil
import time

import pytest

from digitpad.models import catalogue
from digitpad.models.card import PICTURES, axis, count, duration, facts, misread, number, pictures, told
from digitpad.models.model import Model
from digitpad.training.data.mixture import HELD_OUT_SITE
from digitpad.training.data.unipen import SITES


@pytest.fixture
def folder(tmp_path):
    """A model of the user's own: a copy of the one that ships."""
    return shutil.copytree(catalogue.SHIPPED / "hands", tmp_path / "mine")


@pytest.fixture
def in_tokyo(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def write_card(folder, **changes):
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps({**card, **changes}))


def test_of_the_sites_those_are_counted_that_were_learned_from():
    assert len(set(SITES) - {HELD_OUT_SITE}) == 5
    known = dict(facts(Model(catalogue.SHIPPED / "hands"))["How it was made"])
    assert "digits, capitals and signs of five sites (UNIPEN)" in known["Learned from"]


def test_the_facts_are_said_in_words(folder):
    write_card(folder, weights=210539, seconds=5700, seed=12345, finished="2026-11-23T06:05:35+00:00")
    known = {name: value for rows in facts(Model(folder)).values() for name, value in rows}
    assert known["Network"] == "hands"
    assert known["Weights"] == "210,539"
    assert known["Duration"] == "1 hour 35 minutes"
    assert known["Seed"] == "12345"
    assert known["Learned from"].startswith("MNIST, pen strokes")
    assert "TensorFlow 2." in known["Made with"]


def test_the_size_is_in_megabytes_and_the_date_a_day_wherever_it_is_read(folder, in_tokyo):
    write_card(folder, finished="2026-11-23T23:05:35+00:00")
    known = {name: value for rows in facts(Model(folder)).values() for name, value in rows}
    assert known["Finished"] == "2026-11-23"
    assert known["File size"] == f"{(folder / 'model.tflite').stat().st_size / 1e6:.2f} MB"


def test_what_the_card_lacks_is_left_out(folder):
    card = {"model_sha256": json.loads((folder / "card.json").read_text())["model_sha256"], "epochs": 3}
    (folder / "card.json").write_text(json.dumps(card))
    known = facts(Model(folder))
    assert known["How it was made"] == [("Epochs", "3")]
    assert [name for name, _ in known["What it is"]] == ["File size"]
    assert "How well it reads" not in known
    assert misread(card) == []


@pytest.mark.parametrize(
    "senseless", ["many", None, [], {}, True, float("nan"), 10**400, {"accuracy": "all"}, [2.0] * 10]
)
def test_a_senseless_value_is_as_if_it_were_not_there(folder, senseless):
    names = ("weights", "data", "seed", "epochs", "seconds", "finished", "versions", "test", "validation")
    write_card(folder, **dict.fromkeys(names, senseless))
    model = Model(folder)
    rows = dict(facts(model).get("How it was made", []))
    assert not {"Seed", "Epochs", "Duration", "Finished"} & set(rows)
    assert misread(model.card) == []
    assert number(model.card, "seconds") is None


@pytest.mark.parametrize(
    "senseless", [[], [0.9] * 9, [0.9] * 9 + [None], [0.9] * 9 + [float("nan")], [True] * 10, [-0.1] * 10]
)
def test_without_ten_shares_nothing_is_said_of_the_digits(senseless):
    assert misread({"test": {"accuracy_per_digit": senseless}}) == []


def test_the_misread_digits_are_counted_of_a_thousand():
    wrong = misread({"test": {"accuracy_per_digit": [1.0, 0.9961, 0.9823, *[0.9] * 7]}})
    assert [count(some) for some in wrong] == ["0", "3.9", "18", *["100"] * 7]
    assert told(wrong).startswith("Misread of 1,000: 0: 0, 1: 3.9, 2: 18, 3: 100")


@pytest.mark.parametrize("name", ["classic", "hands"])
def test_all_pictures_of_a_training_ship_with_each_model_and_stay_small(name):
    found = pictures(catalogue.find(name))
    assert [path.name for path, _ in found] == [what.name for what in PICTURES]
    assert all(path.stat().st_size < 200_000 for path, _ in found)


def test_pictures_that_are_not_there_are_not_listed(folder):
    (folder / "worst.png").unlink()
    assert "Worst mistakes" not in [what.title for _, what in pictures(Model(folder))]


def test_pictures_beside_a_file_by_another_name_are_not_of_it(folder):
    (folder / "model.tflite").rename(folder / "other.tflite")
    assert pictures(Model(folder / "other.tflite")) == []


@pytest.mark.parametrize("lowest", [0.0, 0.3, 0.97, 0.992, 0.9999, 1.0])
def test_an_axis_begins_below_the_lowest_share(lowest):
    floor, step = axis(lowest)
    assert 0 <= floor <= lowest
    assert floor < 1
    assert step > 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (40, "40 seconds"),
        (553, "9 minutes"),
        (3600, "60 minutes"),
        (7200, "2 hours"),
        (5700, "1 hour 35 minutes"),
        (3660 * 2, "2 hours 2 minutes"),
    ],
)
def test_a_duration_is_said_in_words(seconds, words):
    assert duration(seconds) == words
