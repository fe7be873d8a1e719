"""The shipped models and the user's own."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import draw

import digitpad
from digitpad import ModelError, Recognizer
from digitpad.models import catalogue

SHIPPED = ["classic", "hands"]


@pytest.fixture
def mine(home: Path) -> Path:
    """A finished model of the user's, called `mine`."""
    return Path(shutil.copytree(catalogue.SHIPPED / "classic", home / "models" / "mine"))


def break_it(folder: Path) -> None:
    (folder / "model.tflite").write_bytes(b"broken")


def test_only_the_shipped_models_are_there_at_first():
    found = digitpad.installed()
    assert list(found.models) == SHIPPED
    assert found.notices == []


def test_a_finished_model_of_the_users_is_found_beside_the_shipped_one(mine):
    assert list(digitpad.installed().models) == [*SHIPPED, "mine"]
    assert Recognizer(model="mine").model.path == mine / "model.tflite"


def test_a_run_that_still_trains_is_not_shown(home):
    (home / "models" / "training").mkdir(parents=True)
    assert list(digitpad.installed().models) == SHIPPED
    assert digitpad.installed().notices == []


def test_a_broken_model_is_named_and_passed_over(mine):
    break_it(mine)
    found = digitpad.installed()
    assert list(found.models) == SHIPPED
    [notice] = found.notices
    assert str(mine) in notice
    assert "damaged" in notice
    assert "passed over" in notice


def test_a_model_by_the_name_of_a_shipped_one_goes_by_its_path(mine):
    twin = mine.rename(mine.with_name("classic"))
    found = digitpad.installed()
    assert list(found.models) == [*SHIPPED, str(twin)]
    assert found.models["classic"].path.is_relative_to(catalogue.SHIPPED)
    digitpad.use(twin)
    assert Recognizer().model.path == twin / "model.tflite"
    assert list(digitpad.installed().models) == [*SHIPPED, str(twin)]


def test_the_model_chosen_by_name_is_the_one_that_reads(mine):
    digitpad.use("mine")
    pad = Recognizer()
    assert pad.model.name == "mine"
    assert pad.notice == ""
    digitpad.use("classic")
    assert Recognizer().model.name == "classic"
    digitpad.use("hands")
    assert Recognizer().model.name == "hands"


def test_a_model_anywhere_can_be_chosen_by_its_path(tmp_path):
    elsewhere = Path(shutil.copytree(catalogue.SHIPPED / "classic", tmp_path / "elsewhere"))
    digitpad.use(elsewhere)
    assert Recognizer().model.name == "elsewhere"
    assert "elsewhere" in digitpad.installed().models
    assert Recognizer(model="elsewhere").model.name == "elsewhere"


def test_a_file_by_any_name_can_be_chosen(tmp_path):
    file = Path(shutil.copyfile(catalogue.SHIPPED / "classic" / "model.tflite", tmp_path / "seven.tflite"))
    digitpad.use(file)
    assert Recognizer().model.path == file
    assert list(digitpad.installed().models) == [*SHIPPED, "seven"]


def test_a_chosen_model_that_breaks_later_leaves_the_shipped_one_reading_and_says_so(mine):
    digitpad.use("mine")
    break_it(mine)
    pad = Recognizer()
    assert pad.read(draw(7)).digit == 7
    assert pad.model.name == "hands"
    assert "mine" in pad.notice
    assert "'hands' reads instead" in pad.notice


def test_a_chosen_model_that_was_deleted_leaves_the_shipped_one_reading(mine):
    digitpad.use("mine")
    shutil.rmtree(mine)
    assert "no model 'mine'" in Recognizer().notice


def test_what_cannot_be_used_is_not_chosen(mine):
    digitpad.use("mine")
    with pytest.raises(ModelError):
        digitpad.use("nonesuch")
    assert Recognizer().model.name == "mine"


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"\xff\xfe", b"/tmp/\0x", b"/" + b"a" * 5000])
def test_a_damaged_choice_counts_as_none(home, rubbish):
    home.mkdir(parents=True)
    (home / "model-in-use").write_bytes(rubbish)
    assert Recognizer().model.name == "hands"
    assert list(digitpad.installed().models) == SHIPPED
    assert catalogue.state() == catalogue.state()


def test_a_choice_that_cannot_be_written_is_an_error_with_a_sentence(home):
    home.parent.mkdir()
    home.write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="choice can't be written"):
        digitpad.use("classic")


def test_the_state_is_another_when_a_model_comes_or_is_chosen(home):
    before = catalogue.state()
    shutil.copytree(catalogue.SHIPPED / "classic", home / "models" / "mine")
    between = catalogue.state()
    digitpad.use("mine")
    after = catalogue.state()
    break_it(home / "models" / "mine")
    assert len({before, between, after, catalogue.state()}) == 4
    assert catalogue.state() == catalogue.state()


def test_the_state_is_another_when_a_model_that_was_chosen_as_a_file_changes(tmp_path):
    file = Path(shutil.copy(catalogue.SHIPPED / "classic" / "model.tflite", tmp_path / "seven.tflite"))
    digitpad.use(file)
    before = catalogue.state()
    os.utime(file, (1, 1))
    between = catalogue.state()
    file.unlink()
    assert len({before, between, catalogue.state()}) == 3


def test_an_installed_model_that_is_chosen_by_its_file_is_listed_once(mine):
    digitpad.use(mine / "model.tflite")
    assert list(digitpad.installed().models) == [*SHIPPED, "mine"]
    assert Recognizer().model.name == "mine"
