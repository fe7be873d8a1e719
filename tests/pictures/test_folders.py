"""The files to read among those that are named, and what is passed over in folders."""

from pathlib import Path

import pytest
from conftest import draw
from PIL import Image

from digitpad import PictureError
from digitpad.pictures.folders import files_among


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """A folder with two pictures and all that is none."""
    folder = tmp_path / "scans"
    (folder / "folder.png").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.png", "a.JPG", ".hidden.png"):
        Image.fromarray(draw(3)).save(folder / name)
    for name in ("notes.txt", "drawing.eps", "no suffix"):
        (folder / name).write_text("no picture")
    return folder


def test_a_folder_stands_for_the_pictures_in_it_by_name_and_files_for_themselves(scans):
    found = files_among([scans / "notes.txt", scans, scans / "gone.png"])
    assert found.files == [scans / "notes.txt", scans / "a.JPG", scans / "b.png", scans / "gone.png"]
    assert not found.errors


def test_what_is_passed_over_in_a_folder_is_counted_and_told(scans, tmp_path):
    assert files_among([scans]).passed_over == "Passed over in scans: 3 that are no pictures, 2 hidden, 1 folder"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").touch()
    (tmp_path / "other" / "inner").mkdir()
    both = files_among([scans, tmp_path / "other"])
    assert both.passed_over == "Passed over in 2 folders: 4 that are no pictures, 2 hidden, 2 folders"
    assert files_among([tmp_path / "other"]).passed_over == "Passed over in other: 1 that is no picture, 1 folder"


def test_the_folder_that_one_is_in_is_told_by_its_name(scans, monkeypatch):
    monkeypatch.chdir(scans)
    assert files_among([Path()]).passed_over.startswith("Passed over in scans: ")


def test_where_nothing_is_passed_over_nothing_is_said(scans):
    assert files_among([scans / "a.JPG"]).passed_over == ""
    assert files_among([]).passed_over == ""


def test_a_folder_that_cannot_be_opened_stands_for_itself_with_its_error(scans, monkeypatch):
    # For the tests may run as root, to whom every folder opens.
    def refuse(path: Path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = files_among([scans])
    assert found.files == [scans]
    assert isinstance(found.errors[scans], PictureError)
    assert str(found.errors[scans]) == f"{scans} can't be opened: Permission denied."


def test_a_name_that_no_system_takes_is_left_to_the_recognizer():
    assert files_among([Path("a\0b.png")]).files == [Path("a\0b.png")]
