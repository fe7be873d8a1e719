"""What a newcomer meets in Python: the sample, readings as values, a recognizer for a pool, mistakes told kindly."""

import io
import json
import multiprocessing
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import draw
from PIL import Image

from digitpad import SAMPLE, ModelError, PictureError, Reading, Recognizer
from digitpad.models.model import Model

pad = Recognizer()


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The ten digits; the last file is so large that OpenCV would share the work among threads."""
    for digit in range(10):
        side = 2000 if digit == 9 else 280
        Image.fromarray(draw(digit, side, pen=side // 15)).save(tmp_path / f"{digit}.png")
    return [str(tmp_path / f"{digit}.png") for digit in range(10)]


def test_the_sample_that_ships_is_a_clear_seven():
    reading = pad.read(SAMPLE)
    assert (reading.digit, reading.verdict) == (7, "digit")
    assert reading.confidence > 0.99
    assert SAMPLE.stat().st_size < 5000
    assert Recognizer("classic").read(SAMPLE).digit == 7


def test_a_reading_knows_the_file_it_is_of(files):
    assert pad.read(files[3]).name == files[3]
    assert [reading.name for reading in pad.read_many(map(Path, files))] == files
    with Path(files[3]).open("rb") as file:
        assert pad.read(file).name == files[3]
    assert pad.read(draw(3)).name == pad.read(io.BytesIO(Path(files[3]).read_bytes())).name == ""


def test_the_reading_of_an_empty_file_knows_its_name_too(tmp_path):
    Image.new("L", (90, 90), 255).save(tmp_path / "blank.png")
    assert pad.read(tmp_path / "blank.png").name == str(tmp_path / "blank.png")


def test_readings_that_say_the_same_are_equal_whatever_their_names(files):
    reading = pad.read(files[3])
    assert reading == pad.read(draw(3)) != pad.read(draw(4))
    assert len({reading, pad.read(draw(3)), pad.read(draw(4))}) == 2
    assert reading != replace(reading, confidence=0.5)
    assert reading != replace(reading, glyph=255 - reading.glyph)
    assert reading != replace(reading, probabilities=reading.probabilities[::-1])
    assert reading != 3
    assert Reading.empty() == Reading.empty()


def test_a_reading_becomes_json(files):
    said = json.loads(json.dumps(pad.read(files[3]).to_dict()))
    assert list(said) == ["name", "digit", "verdict", "confidence", "probabilities", "no_digit", "taught", "note"]
    assert (said["name"], said["digit"], said["verdict"]) == (files[3], 3, "digit")
    assert said["confidence"] == pytest.approx(pad.read(files[3]).confidence, abs=1e-6)
    assert len(said["probabilities"]) == 10
    assert sum(said["probabilities"]) == pytest.approx(1, abs=1e-5)
    empty = json.loads(json.dumps(Reading.empty().to_dict()))
    assert (empty["digit"], empty["confidence"], empty["no_digit"]) == (None, 0, 0)


def test_what_is_in_a_file_is_read_too(files):
    content = Path(files[3]).read_bytes()
    assert pad.read(content) == pad.read(bytearray(content)) == pad.read(files[3])
    with pytest.raises(PictureError, match=r"^What is in these bytes is no picture that digitpad can read"):
        pad.read(b"no picture")


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (None, r"^None is no picture; OpenCV's imread gives it for a file that it can't read\."),
        (["a.png", "b.png"], r"^A list is no picture\. Several are read with read_many"),
        (("a.png",), r"^A tuple is no picture\. Several are read with read_many"),
        ("https://example.com/7.png", r"^https://example\.com/7\.png is an address\. .*: download it first\."),
        (Path("https://example.com/7.png"), r"is an address\. .*: download it first\."),
        ("gone.png", r"^The file gone\.png does not exist\."),
        (7, r"^An object of type int is no picture\. Expected is a PIL image"),
    ],
)
def test_a_newcomers_mistake_gets_a_sentence(mistake, sentence):
    with pytest.raises(PictureError, match=sentence):
        pad.read(mistake)


def test_a_folder_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "scans").mkdir()
    with pytest.raises(PictureError, match=r"scans is a folder\. Name the pictures in it; .* read_many\."):
        pad.read(tmp_path / "scans")


@pytest.mark.parametrize(
    "one", ["a.png", Path("scans"), b"\x89PNG", io.BytesIO(), None, 7, draw(7), np.zeros((9, 9, 3))]
)
def test_one_picture_where_several_are_read_is_refused_at_once(one):
    with pytest.raises(PictureError, match=r"is not several pictures\. read takes one; read_many a list"):
        pad.read_many(one)


def test_a_stack_of_pictures_is_several(mnist):
    assert len(list(pad.read_many(mnist.test.glyphs[:5]))) == 5


@pytest.mark.parametrize("workers", [0, -1, 1.5, True, "2"])
def test_a_number_of_workers_that_makes_no_sense_is_refused_at_once(workers):
    with pytest.raises(ValueError, match=r"^workers says how many processes read: 1 or more, not "):
        pad.read_many([SAMPLE], workers=workers)


@pytest.mark.parametrize("how", [how for how in ("fork", "spawn") if how in multiprocessing.get_all_start_methods()])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_pool_of_processes_reads_with_one_recognizer(files, how):
    alone = [pad.read(file) for file in files]  # so that the threads of OpenCV are there
    with multiprocessing.get_context(how).Pool(2) as pool:
        readings = pool.map_async(pad.read, files).get(timeout=120)
    assert [reading.digit for reading in readings] == list(range(10))
    assert readings == alone


def test_a_pickled_recognizer_has_the_same_model():
    chosen = Recognizer(Model(Recognizer("classic").model.path, looks_again=True))
    again = pickle.loads(pickle.dumps(chosen))
    assert (again.model.name, again.model.path) == ("classic", chosen.model.path)
    assert again.model.looks_again
    assert again.read(SAMPLE) == chosen.read(SAMPLE)
    assert len(pickle.dumps(chosen)) < 1000


def test_a_model_that_has_changed_since_is_not_taken_for_the_one_that_was_pickled(tmp_path):
    file = tmp_path / "mine.tflite"
    file.write_bytes(Recognizer("classic").model.path.read_bytes())
    pickled = pickle.dumps(Recognizer(file))
    file.write_bytes(pad.model.path.read_bytes())
    with pytest.raises(ModelError, match=r"mine\.tflite has changed since it was pickled"):
        pickle.loads(pickled)
