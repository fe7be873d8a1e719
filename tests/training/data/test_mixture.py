"""What the network of the apps learns from, and what is held out."""

import json
import zipfile

import numpy as np
import pytest

from digitpad.errors import DataError
from digitpad.training import run
from digitpad.training.calibration import draw_lines
from digitpad.training.data import course as courses
from digitpad.training.data import mixture, strokes
from digitpad.training.data.augmentation import Distortion
from digitpad.training.data.datasets import Mnist
from digitpad.training.data.mislabelled import MISLABELLED
from digitpad.training.data.symbols import SYMBOLS_FILE, load_symbols
from digitpad.training.data.unipen import load_unipen
from digitpad.training.data.workshop import NOT_A_DIGIT, Batch, Workshop
from digitpad.training.training import train


@pytest.fixture
def small(monkeypatch, characters):
    """A mixture that is made in seconds."""
    monkeypatch.setattr(courses, "load_unipen", lambda _: characters[::12])
    for name in ("HALVES", "LETTERS", "PIECES", "PAIRS", "PARTS", "SCRIBBLES", "TURNED", "PRINTED_LETTERS"):
        monkeypatch.setattr(mixture, name, 50)
    for name in ("HALVED", "TOUCHING", "CUT_OFF"):
        monkeypatch.setattr(mixture, name, 0)
    for name in (
        "AS_THEY_ARE",
        "ENLARGED",
        "DRAWINGS",
        "DRAWINGS_OF_UNIPEN",
        "TAUGHT",
        "PRINTED",
        "VARIANTS",
        "WRITTEN",
    ):
        monkeypatch.setattr(mixture, name, 2)


def test_the_mixture_has_every_kind_and_nobody_who_is_held_out(small, mnist, pens, characters, symbols):
    some = [digit for digit in pens if digit.writer in (1, 4)]
    known = {name: inks[:20] for name, inks in symbols.items()}
    few = [one for one in characters if one.site in ("imp", "tos")][::4]
    made = mixture.training_mixture(mnist.train[:100], some, few, known, seed=1)
    writers = sum(digit.writer == 1 for digit in some)
    met = [one for one in few if one.site == "tos" and one.writer % 6 != 5]
    digits = len(mixture.pen_digits(met))
    assert 90 < digits < 140
    letters = sum(one.kind != "digit" and one.label not in mixture.WRITTEN_LIKE_DIGITS for one in met)
    others = int((made.labels == NOT_A_DIGIT).sum())
    assert len(made) == (2 + 2) * 100 + 2 * writers + 2 * digits + 2 * 20 + others
    # Of the symbols, those are left out that are a bar or a ring, three or four of these.
    assert 2 * 2 * 20 - 8 <= others - 8 * 50 - 2 * letters < 2 * 2 * 20
    assert made.glyphs.any(axis=(1, 2)).all()
    np.testing.assert_array_equal(made.glyphs[:100], mnist.train.glyphs[:100])
    np.testing.assert_array_equal(made.labels[100:200], mnist.train.labels[:100])
    again = mixture.training_mixture(mnist.train[:100], some, few, known, seed=1)
    np.testing.assert_array_equal(made.glyphs, again.glyphs)


def test_what_is_drawn_is_the_same_on_one_core_and_on_many(pens, monkeypatch):
    workshop = Workshop(pens[:40], [])
    work = [("by another hand", pens[:40]), ("pair", range(30)), ("half", range(60))]
    monkeypatch.setattr("digitpad.training.data.workshop.BATCH", 7)
    made = []
    for count in (1, 3):
        monkeypatch.setattr("digitpad.training.data.workshop.cores", lambda count=count: count)
        made.append(mixture.together(*workshop.examples(work, seed=1)))
    alone, together = made
    np.testing.assert_array_equal(alone.glyphs, together.glyphs)
    np.testing.assert_array_equal(alone.labels, together.labels)
    again = workshop(Batch("pair", range(30), (2, 1, 0)))
    assert not np.array_equal(again.glyphs, alone.glyphs[40:70])
    assert (again.labels == NOT_A_DIGIT).all()


def test_strangers_are_a_site_and_whole_writers_with_all_that_they_drew(pens, characters, symbols):
    met = {(one.site, one.writer) for one in characters if not mixture.is_held_out(one)}
    unmet = {(one.site, one.writer) for one in characters if mixture.is_held_out(one)}
    assert not met & unmet
    assert "imp" not in {site for site, _ in met}
    some = [digit for digit in pens if digit.writer in (1, 4)]
    few = [one for one in characters if one.site in ("imp", "ced")][::6]
    held = mixture.strangers(some, few, {name: inks[:20] for name, inks in symbols.items()})
    assert len(held.digits["tablet"]) == 3 * sum(digit.writer == 4 for digit in some)
    assert len(held.digits["site"]) > 3 * 30
    assert len(held.digits["writers"]) > 3 * 20
    assert len(held.others["Balinese"]) == 20
    assert len(held.others["capitals"]) > 3 * 80
    assert len(held.others["signs"]) > 3 * 80
    assert all((examples.labels == NOT_A_DIGIT).all() for examples in held.others.values())


def test_a_mislabelled_digit_is_neither_learned_nor_measured_with(characters):
    for place, reason in MISLABELLED.items():
        [one] = [one for one in characters if one.kind == "digit" and (f"{one.site}/{one.file}", one.place) == place]
        assert reason
        assert not mixture.pen_digits([one])


def test_there_are_86_symbols_by_20_people(symbols):
    assert set(symbols) == {"Balinese", "Early_Aramaic", "Korean"}
    assert sum(len(inks) for inks in symbols.values()) == 1720
    for inks in symbols.values():
        # Ink is rare and bright.
        assert 0.005 < np.mean([(ink > 128).mean() for ink in inks]) < 0.3


def test_symbols_that_are_not_the_published_ones_are_refused(tmp_path):
    (tmp_path / "not-digits").mkdir()
    with zipfile.ZipFile(tmp_path / "not-digits" / SYMBOLS_FILE, "w") as archive:
        archive.writestr("A/b.png", b"rubbish")
    with pytest.raises(DataError, match="SHA-256"):
        load_symbols(tmp_path)


def test_distorted_glyphs_are_others_but_alike_and_the_same_for_the_same_seed(mnist):
    glyphs = mnist.train.glyphs[:64]
    distorted = Distortion(1)(glyphs, np.random.default_rng(2))
    assert distorted.shape == glyphs.shape
    assert distorted.dtype == np.uint8
    difference = np.abs(distorted.astype(float) - glyphs).mean(axis=(1, 2))
    assert (difference > 0).all()
    assert difference.mean() < 40
    np.testing.assert_array_equal(distorted, Distortion(1)(glyphs, np.random.default_rng(2)))


def test_the_lines_accept_988_of_1000_digits_and_turn_3_away():
    probabilities = np.zeros((1000, 11), np.float32)
    probabilities[:, 0] = 0.6
    probabilities[:, 10] = np.arange(1000) / 1000
    lines = draw_lines(probabilities)
    assert lines.accepts(probabilities).sum() == pytest.approx(988, abs=1)
    assert lines.turns_away(probabilities).sum() == pytest.approx(3, abs=1)
    assert not lines.accepts(probabilities / 2).any()  # where no digit is likelier than all else


def test_a_little_training_on_the_mixture_leaves_a_model_that_tells_digits_from_symbols(
    small, mnist, pens, characters, tmp_path, monkeypatch
):
    monkeypatch.setattr(courses, "load_pen_digits", lambda _: pens[::4])
    monkeypatch.setattr(courses, "load_unipen", lambda _: characters[::24])
    monkeypatch.setattr(mixture, "DRAWINGS", 1)
    little = Mnist(train=mnist.train[-2000:], test=mnist.test[:500], source=mnist.source)
    settings = run.Settings(network="hands", epochs=2, batch_size=64)
    run.start(tmp_path / "run", settings)
    card = train(settings, little, tmp_path / "run")
    assert card == json.loads((tmp_path / "run" / "card.json").read_text())
    assert card["test"]["accuracy"] > 0.9
    assert card["held_out_writers"]["accuracy"] > 0.85
    assert "validation" not in card
    assert card["held_out_symbols_turned_away"] > 0.1
    assert 0 < card["unsure_above"] <= card["not_a_digit_above"] < 1
    assert set(card["strangers"]) == {"tablet", "site", "writers"}
    assert all(figures["accepted"] > 0.9 for figures in card["strangers"].values())
    assert set(card["no_digits"]) == {"Balinese", "capitals", "signs"}
    assert all(
        figures["not_called_a_digit"] >= figures["turned_away"] > 0.1 for figures in card["no_digits"].values()
    )
    assert {"pendigits", "unipen", "omniglot-symbols"} < set(card["data"]["sha256_of_contents"])


@pytest.mark.parametrize(("trial", "held_back"), [(False, 0), (True, 5000)])
def test_all_of_mnist_is_learned_where_writers_are_held_out_unless_it_is_a_trial(
    small, mnist, pens, monkeypatch, trial, held_back
):
    writers = [digit for digit in pens if digit.writer in (1, 4)]
    monkeypatch.setattr(courses, "load_pen_digits", lambda _: writers)
    monkeypatch.setattr(courses, "load_symbols", lambda _: {})
    monkeypatch.setattr(courses, "load_unipen", lambda _: [])
    monkeypatch.setattr(mixture, "ENLARGED", 0)
    little = Mnist(train=mnist.train[-5100:], test=mnist.test[:10], source=mnist.source)
    course = courses.mixed_course(little, None, seed=1, trial=trial)
    np.testing.assert_array_equal(course.validation_mnist.glyphs, mnist.train.glyphs[60_000 - held_back :])
    np.testing.assert_array_equal(course.learned.glyphs[: 5100 - held_back], little.train.glyphs[: 5100 - held_back])
    assert len(course.strangers.digits["tablet"]) > 100
    assert course.description["validated_on"] == held_back + len(course.strangers.digits["tablet"])
    if trial:
        learned = {glyph.tobytes() for glyph in course.learned.glyphs}
        assert not learned & {glyph.tobytes() for glyph in course.validation_mnist.glyphs}


def test_without_the_other_data_one_is_told_and_mnist_alone_is_learned(small, mnist, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("DIGITPAD_DATA", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(strokes, "PENDIGITS_ADDRESSES", ())
    monkeypatch.setattr(courses, "load_unipen", load_unipen)
    little = Mnist(train=mnist.train[-5100:], test=mnist.test[:10], source=mnist.source)
    course = courses.mixed_course(little, None, seed=1)
    assert len(course.learned) == (2 + 2) * 100 + 2 * 20 + 3 * 50
    assert len(course.validation) == 5_000
    shown = capsys.readouterr().out
    assert "no pen strokes" in shown
    assert "no UNIPEN" in shown
    assert "no symbols" in shown
