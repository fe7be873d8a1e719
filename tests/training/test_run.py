"""What is refused before a training starts."""

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from digitpad.errors import RunError
from digitpad.training import run


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"network": "nonesuch"}, "no network 'nonesuch'.*classic"),
        ({"epochs": 0}, "epochs must be a whole number from 1"),
        ({"epochs": -3}, "not -3"),
        ({"batch_size": 0}, "batch size must be a whole number from 1"),
        ({"batch_size": 10**9}, "batch size"),
        ({"epochs": 1.5}, "not 1.5"),
        ({"epochs": True}, "not True"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"seed": 2**32}, "seed"),
        ({"trial": "yes"}, "trial must be true or false, not yes"),
    ],
)
def test_impossible_settings_are_refused(settings, says):
    with pytest.raises(RunError, match=says):
        run.Settings(**settings)


def test_a_new_run_goes_among_the_users_models(home):
    assert run.new_folder("classic").parent == home / "models"
    assert run.new_folder("classic").name.startswith("classic-20")


def test_a_started_run_can_be_resumed_with_its_settings(tmp_path):
    settings = run.Settings(epochs=3, seed=7)
    run.start(tmp_path / "run", settings)
    assert run.resume(tmp_path / "run") == settings


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(RunError, match="not an empty folder"):
        run.start(tmp_path, run.Settings())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused_as_a_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="not an empty folder"):
        run.start(tmp_path / "file", run.Settings())
    with pytest.raises(RunError, match="can't be written"):
        run.start(tmp_path / "file" / "below", run.Settings())


def test_an_unfinished_run_is_not_started_again(tmp_path):
    run.start(tmp_path / "run", run.Settings())
    with pytest.raises(RunError, match="--resume"):
        run.start(tmp_path / "run", run.Settings())


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a file system that nobody can write to")
def test_a_folder_that_cannot_be_written_is_refused():
    for folder in ("/proc/self/run", "/proc/self/run/deep/er"):
        with pytest.raises(RunError, match=r"can't be written.*--out"):
            run.start(Path(folder), run.Settings())


def test_a_name_too_long_for_any_file_is_refused(tmp_path):
    with pytest.raises(RunError, match=r"can't be written: File name too long"):
        run.start(tmp_path / ("a" * 500), run.Settings())


def test_a_full_disk_is_refused_and_no_folder_is_left(tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 10**6, 10**6))
    with pytest.raises(RunError, match="too full: 1 MB are free and 50 MB needed"):
        run.start(tmp_path / "deep" / "run", run.Settings())
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "mine").mkdir()
    with pytest.raises(RunError, match="too full"):
        run.start(tmp_path / "mine", run.Settings())
    assert (tmp_path / "mine").is_dir()


def test_a_check_makes_nothing(tmp_path):
    run.check(tmp_path / "deep" / "run")
    assert list(tmp_path.iterdir()) == []


def test_the_latest_unfinished_run_is_found(home):
    with pytest.raises(RunError, match="no unfinished run"):
        run.unfinished(None)
    for age, name in enumerate(["new", "old"]):
        run.start(home / "models" / name, run.Settings())
        stamp = 1_000_000_000 - age
        os.utime(home / "models" / name / run.SETTINGS_FILE, (stamp, stamp))
    assert run.unfinished(None).name == "new"
    assert run.unfinished("classic").name == "new"
    # One that was finished, but killed before it was tidied up, and a damaged one don't count.
    (home / "models" / "new" / "card.json").write_text("{}")
    (home / "models" / "broken").mkdir()
    (home / "models" / "broken" / run.SETTINGS_FILE).write_text("{")
    assert run.unfinished(None).name == "old"


def test_a_finished_run_and_a_folder_without_a_run_are_not_resumed(tmp_path):
    with pytest.raises(RunError, match="no unfinished run"):
        run.resume(tmp_path)
    (tmp_path / "card.json").write_text("{}")
    with pytest.raises(RunError, match="is finished"):
        run.resume(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"epochs": 0}', '{"colour": 1}'])
def test_damaged_settings_are_named(tmp_path, text):
    (tmp_path / run.SETTINGS_FILE).write_text(text)
    with pytest.raises(RunError, match=rf"{run.SETTINGS_FILE} is damaged"):
        run.resume(tmp_path)


def test_a_run_goes_on_with_the_data_that_it_began_with(tmp_path):
    both, one = {"mnist": "12", "pendigits": "34"}, {"mnist": "12"}
    run.keep_to(tmp_path, one)
    run.keep_to(tmp_path, both)  # nothing was learned yet
    (tmp_path / run.STATE_FOLDER).mkdir()
    run.state_of(tmp_path, 1).touch()
    run.keep_to(tmp_path, both)
    for other in (one, both | {"omniglot": "56"}, both | {"mnist": "78"}):
        with pytest.raises(RunError, match=r"began with other data: .*--data"):
            run.keep_to(tmp_path, other)
    run.keep_to(tmp_path, both)


@pytest.mark.parametrize("text", ["{", "[1]", "7"])
def test_a_damaged_note_of_the_data_does_not_stop_a_run(tmp_path, text):
    (tmp_path / run.STATE_FOLDER).mkdir()
    run.state_of(tmp_path, 1).touch()
    (tmp_path / run.DATA_FILE).write_text(text)
    run.keep_to(tmp_path, {"mnist": "12"})
    with pytest.raises(RunError):
        run.keep_to(tmp_path, {})


def test_two_processes_do_not_train_into_one_folder(tmp_path):
    with run.alone(tmp_path), pytest.raises(RunError, match="Another process"), run.alone(tmp_path):
        pass
    with run.alone(tmp_path):
        pass
