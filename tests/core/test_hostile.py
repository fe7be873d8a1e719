"""Whatever comes, there is a Reading or a sentence: two thousand damaged files and senseless arrays."""

import io

import numpy as np
import pytest
from conftest import draw
from hostile import senseless
from PIL import Image

from digitpad import PictureError, Reading, Recognizer

pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")  # no division by nothing on the way

pad = Recognizer()
MUTANTS = 80  # of each kind of file
ARRAYS = 600


def kinds_of_files():
    """A drawing in every mode and format that is read."""
    grey = Image.fromarray(draw(5)).resize((70, 60))
    colours = grey.convert("RGB")
    deep = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    modes = [
        (grey, ("png", "jpeg", "gif", "webp", "bmp", "tiff", "ppm")),
        (colours.convert("RGBA"), ("png", "webp", "tiff")),
        (colours.quantize(16), ("png", "gif", "bmp")),
        (deep, ("png", "tiff")),
        (colours.convert("CMYK"), ("jpeg", "tiff")),
        (grey.convert("1"), ("png", "bmp", "tiff")),
    ]
    kinds = []
    for image, suffixes in modes:
        for suffix in suffixes:
            whole = io.BytesIO()
            image.save(whole, suffix)
            kinds.append(pytest.param(suffix, whole.getvalue(), id=f"{suffix}-{image.mode}"))
    return kinds


def mutant(content, rng):
    """The file's bytes with some changed, lost or added, or the end cut off."""
    changed = bytearray(content)
    place = int(rng.integers(len(changed)))
    match rng.integers(5):
        case 0:
            del changed[place:]
        case 1:
            del changed[place : place + int(rng.integers(1, 400))]
        case 2:
            changed[place:place] = rng.bytes(int(rng.integers(1, 300)))
        case 3:
            for _ in range(8):
                changed[int(rng.integers(len(changed)))] = int(rng.integers(256))
        case _:  # where a file says what it is and how large
            for _ in range(4):
                changed[int(rng.integers(min(90, len(changed))))] = int(rng.integers(256))
    return bytes(changed)


@pytest.mark.parametrize(("suffix", "content"), kinds_of_files())
def test_a_damaged_file_gives_a_reading_or_a_sentence_that_names_it(suffix, content, tmp_path):
    rng = np.random.default_rng(len(content))
    file = tmp_path / f"mutant.{suffix}"
    assert isinstance(outcome(file, content), Reading)
    for _ in range(MUTANTS):
        said = outcome(file, mutant(content, rng))
        assert isinstance(said, Reading) or (f"mutant.{suffix}" in said and said.endswith("."))


def outcome(file, content):
    file.write_bytes(content)
    return outcome_of(file)


def outcome_of(picture):
    try:
        return pad.read(picture)
    except PictureError as error:
        return str(error)


def test_any_array_gives_a_reading_or_a_sentence():
    rng = np.random.default_rng(1)
    for _ in range(ARRAYS):
        said = outcome_of(senseless(rng))
        if isinstance(said, Reading):
            assert np.isfinite(said.probabilities).all()
            assert 0 <= said.confidence <= 1
        else:
            assert said.endswith(".")
