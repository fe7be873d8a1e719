"""A hand: what was taught, in a small file that nothing hostile gets through."""

import contextlib
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitpad import Hand, HandError, Lesson
from digitpad.models.hand import LARGEST, MOST, SUFFIX

AT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


def glyph(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (28, 28), np.uint8)


def test_a_hand_is_the_same_in_its_file(tmp_path: Path) -> None:
    hand = Hand("Ada’s, mostly")
    hand.teach(glyph(1), 4, AT)
    hand.teach(glyph(2), None)
    file = tmp_path / f"ada{SUFFIX}"
    hand.save(file)
    again = Hand.open(file)
    assert (again.name, again.lessons) == ("Ada’s, mostly", hand.lessons)
    assert [lesson.at for lesson in again] == [lesson.at for lesson in hand]
    assert again.sha256 == hand.sha256


def test_an_empty_hand_has_a_file_too() -> None:
    assert len(Hand.from_bytes(Hand("new").to_bytes())) == 0


def test_what_was_taught_twice_is_learned_once_and_forgotten_at_once() -> None:
    hand = Hand()
    first = hand.teach(glyph(1), 4)
    hand.teach(glyph(1), 4)
    other = hand.teach(glyph(1), 9)  # a contradiction, which the reading tells
    assert list(hand) == [first, other]
    hand.forget(first)
    hand.forget(first)
    assert list(hand) == [other]
    hand.forget_all()
    assert len(hand) == 0


def test_a_lesson_is_not_changed_by_who_goes_on_drawing() -> None:
    mine = glyph(1)
    lesson = Hand().teach(mine, 4)
    mine[:] = 0
    assert lesson.glyph.any()


def test_hands_are_merged_and_the_oldest_lessons_make_room() -> None:
    hand = Hand(lessons=(Lesson(glyph(seed), seed % 10) for seed in range(MOST)))
    assert hand.add([Lesson(glyph(0), 0), Lesson(glyph(MOST), 1)]) == 1
    assert len(hand) == MOST
    assert Lesson(glyph(0), 0) not in set(hand)
    assert hand.lessons[-1] == Lesson(glyph(MOST), 1)


def test_five_hundred_lessons_fit_into_300_kilobytes(mnist) -> None:
    hand = Hand(lessons=(Lesson(each, 3) for each in mnist.test.glyphs[:500]))
    assert len(hand) == 500
    assert len(hand.to_bytes()) <= 300_000


@pytest.mark.parametrize("digit", [10, -1, True, "4", 2.5])
def test_only_digits_can_be_taught(digit: object) -> None:
    with pytest.raises(HandError, match="can't be taught"):
        Hand().teach(glyph(1), digit)  # type: ignore[arg-type]


def test_empty_paper_teaches_nothing() -> None:
    with pytest.raises(HandError, match="Draw something first"):
        Hand().teach(np.zeros((28, 28), np.uint8), 4)


def packed(**changes: object) -> bytes:
    """A hand's file with something else in it."""
    hand = Hand("x", [Lesson(glyph(1), 4, AT)])
    with np.load(io.BytesIO(hand.to_bytes())) as file:
        arrays = {name: file[name] for name in file.files} | changes
    content = io.BytesIO()
    np.savez_compressed(content, **{name: value for name, value in arrays.items() if value is not None})
    return content.getvalue()


def bomb() -> bytes:
    """A file that unpacks to more than a hand can be."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("glyphs.npy", bytes(LARGEST + 1))
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        packed()[:-40],
        packed(digits=np.array([11], np.int8)),
        packed(digits=np.array([4, 4], np.int8)),
        packed(glyphs=np.zeros((1, 9, 9), np.uint8)),
        packed(glyphs=np.zeros((1, 28, 28), np.float64)),
        packed(times=np.array([2**62])),
        packed(times=None),
        packed(format=np.array("digitpad hand 9")),
        packed(glyphs=np.array([object()])),
        bomb(),
    ],
)
def test_a_damaged_foreign_or_hostile_file_gets_a_sentence(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.hand"
    file.write_bytes(content)
    with pytest.raises(HandError, match=r"odd\.hand: .*\."):
        Hand.open(file)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=6))
def test_a_file_with_a_flaw_is_a_hand_or_an_error(place: int, flaw: bytes) -> None:
    content = bytearray(packed())
    start = place % len(content)
    content[start : start + len(flaw)] = flaw
    with contextlib.suppress(HandError):  # and nothing else
        Hand.from_bytes(bytes(content))


def test_a_file_that_is_not_there_or_can_not_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(HandError, match="can't be read"):
        Hand.open(tmp_path / "none.hand")
    with pytest.raises(HandError, match="can't be written"):
        Hand().save(tmp_path / "no" / "folder.hand")
