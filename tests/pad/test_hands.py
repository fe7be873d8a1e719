"""A person's hands: kept, found again, and never mixed up."""

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import numpy as np
import pytest

from digitpad.errors import HandError
from digitpad.lesson import Lesson
from digitpad.models.hand import LONGEST_NAME, MOST, Hand
from digitpad.pad.database import STEPS
from digitpad.pad.drawing import Content
from digitpad.pad.hand_names import FIRST, file_of
from digitpad.pad.hands import Hands
from digitpad.pad.history import History
from digitpad.pad.offered_hands import offered
from digitpad.reading import Reading

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "below" / "history.sqlite"


def lesson(number, digit=4):
    glyph = np.zeros((28, 28), np.uint8)
    glyph.flat[: 4 * (number // 250) + 4] = number % 250 + 1
    return Lesson(glyph, digit, AT)


def taught(hands):
    return [(int(each.glyph.max()), each.digit) for each in hands.current]


def test_what_was_taught_is_there_at_the_next_start(file):
    hands = Hands(file)
    assert (hands.names, hands.current.name, len(hands.current)) == ([FIRST], FIRST, 0)
    hands.teach(lesson(1, 4), lesson(2, None))
    hands.switch(False)
    hands.close()
    again = Hands(file)
    assert again.notice == ""
    assert again.current.lessons == (lesson(1, 4), lesson(2, None))
    assert again.current.lessons[0].at == AT
    assert not again.current.is_on


def test_a_lesson_is_undone_exactly(file):
    hands = Hands(file)
    hands.teach(lesson(1, 4), lesson(2, 7), lesson(3, 5))
    before = hands.current.lessons
    for again in (lesson(1, 9), lesson(1, 4), lesson(8, 8)):  # another word for a glyph, the same word, a new glyph
        hands.teach(again)
        assert hands.current.lessons[-1] == again
        hands.take_back(again)
        assert hands.current.lessons == before
        assert set(Hands(file).current.lessons) == set(before)
    hands.teach(lesson(1, 9))
    hands.forget(lesson(2, 7))
    hands.take_back(lesson(1, 9))
    assert lesson(2, 7) not in hands.current.lessons  # what was forgotten stays forgotten


def test_a_hand_of_a_thousand_lessons_lets_the_oldest_go_and_an_undone_lesson_brings_it_back(file):
    hands = Hands(file)
    hands.teach(*(lesson(number) for number in range(MOST)))
    before = hands.current.lessons
    newest = lesson(MOST, 7)
    hands.teach(newest)
    assert (len(hands.current), before[0] in hands.current.lessons) == (MOST, False)
    assert Hands(file).current.lessons[-1] == newest
    hands.take_back(newest)
    assert hands.current.lessons == before
    assert set(Hands(file).current.lessons) == set(before)


def test_hands_have_names_and_lessons_of_their_own(file):
    hands = Hands(file)
    told = []
    hands.subscribe(lambda hand: told.append(hand.name))
    hands.teach(lesson(1))
    hands.add(" Ada  Lovelace\n")
    hands.teach(lesson(2))
    hands.rename(FIRST, "the class")
    assert hands.names == ["the class", "Ada Lovelace"]
    assert taught(hands) == [(3, 4)]
    hands.choose("the class")
    assert taught(hands) == [(2, 4)]
    assert told == [FIRST, "Ada Lovelace", "Ada Lovelace", "Ada Lovelace", "the class"]
    hands.close()
    again = Hands(file)
    assert again.current.name == "the class"
    again.remove("the class")
    assert (again.names, taught(again)) == (["Ada Lovelace"], [(3, 4)])
    again.remove("Ada Lovelace")
    assert (again.names, taught(again)) == ([FIRST], [])


@pytest.mark.parametrize("name", ["", "  \n ", "\u200d\u202e", "x" * (LONGEST_NAME + 1), "MY hand"])
def test_what_can_be_no_name_is_said(name):
    hands = Hands(None)
    for work in (hands.add, lambda name: hands.rename("Ada", name)):
        if "Ada" not in hands.names:
            hands.add("Ada")
            hands.choose(FIRST)
        with pytest.raises(HandError, match=r"name|letters"):
            work(name)
    assert (hands.names, hands.current.name) == ([FIRST, "Ada"], FIRST)


@pytest.mark.parametrize(
    "name", ["Zoë", "O'Brien; DROP TABLE hands", "../etc/passwd", "می\u200cنویسم", "手", "NUL?<>|"]
)
def test_odd_names_are_kept_as_they_are_and_make_files_that_every_system_takes(file, name):
    Hands(file).add(name)
    again = Hands(file)
    assert again.current.name == name
    assert not set(file_of(name)) & set('<>:"/\\|?*')
    assert not file_of(name).startswith(".")
    with pytest.raises(HandError, match="no hand named"):
        again.choose("nobody")


def test_a_hand_is_brought_from_its_file_under_a_name_of_its_own_or_added_to_another():
    hands = Hands(None)
    theirs = Hand(FIRST, [lesson(1), lesson(2)])
    hands.teach(lesson(2), lesson(3))
    assert hands.merge(theirs.to_bytes()) == 1
    assert len(hands.current) == 3
    assert hands.bring(theirs.to_bytes()).name == f"{FIRST} 2"
    assert hands.bring(theirs.to_bytes(), "y" * 99 + "\0").name == "y" * LONGEST_NAME
    assert hands.bring(theirs.to_bytes(), "y" * 99).name == "y" * (LONGEST_NAME - 2) + " 2"
    assert taught(hands) == [(2, 4), (3, 4)]
    for work in (hands.bring, hands.merge):
        with pytest.raises(HandError):
            work(b"rubbish")
    assert len(hands.names) == 4


def test_two_programs_teach_the_same_hand_and_none_of_it_is_lost(file):
    one, other = Hands(file), Hands(file)
    one.teach(lesson(1))
    other.teach(lesson(2))  # takes up the first
    assert taught(other) == [(2, 4), (3, 4)]
    one.refresh()
    assert taught(one) == [(2, 4), (3, 4)]
    other.forget(lesson(1))
    one.teach(lesson(3))
    assert taught(one) == [(3, 4), (4, 4)]
    other.add("Ada")
    one.refresh()
    assert (one.names, one.current.name) == ([FIRST, "Ada"], FIRST)
    other.remove(FIRST)
    one.teach(lesson(5))
    assert one.current.name == "Ada"
    assert set(Hands(file).current.lessons) == {lesson(5)}


def test_what_can_not_be_written_counts_all_the_same_and_is_written_with_the_next(file):
    hands = Hands(file)
    busy = sqlite3.connect(file)
    busy.execute("BEGIN IMMEDIATE")
    hands.teach(lesson(1))
    assert "could not be written" in hands.notice
    assert taught(hands) == [(2, 4)]
    with pytest.raises(HandError, match="could not be written"):
        hands.add("Ada")
    busy.rollback()
    busy.close()
    hands.teach(lesson(2))
    assert len(Hands(file).current) == 2


def test_hands_of_an_older_history_a_damaged_and_a_newer_one(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as older:  # as version 2 made it
        older.execute(*STEPS[0])
        older.execute(*STEPS[1])
        older.execute("PRAGMA user_version = 2")
    older.close()
    hands, history = Hands(file), History(file)
    hands.teach(lesson(1))
    assert history.keep(Content(), Reading.empty(), "hands") == 1
    assert (history.notice, hands.notice) == ("", "")
    hands.close()
    history.close()
    with sqlite3.connect(file) as database:
        odd = [(7, b"\0", 4, str(AT)), (8, b"\1" * 784, 4, "now"), (9, b"\1" * 784, 77, str(AT))]
        database.executemany("INSERT INTO lessons VALUES (?, 1, ?, ?, ?)", odd)
    database.close()
    hands = Hands(file)
    assert (hands.notice, taught(hands)) == ("", [(2, 4)])
    hands.close()
    with sqlite3.connect(file) as newer:
        newer.execute("PRAGMA user_version = 7")
    newer.close()
    assert "a newer digitpad wrote it" in Hands(file).notice
    file.write_bytes(b"rubbish" * 1000)
    hands = Hands(file)
    assert "was damaged" in hands.notice
    hands.teach(lesson(1))
    assert len(Hands(file).current) == 1


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_a_lesson_that_was_said_to_be_learned_survives_a_kill(file):
    program = f"""
import numpy as np
from pathlib import Path
from digitpad.lesson import Lesson
from digitpad.pad.hands import Hands
hands = Hands(Path({str(file)!r}))
for number in range(784):
    glyph = np.zeros((28, 28), np.uint8)
    glyph.flat[number] = 255
    hands.teach(Lesson(glyph, number % 10))
    print(len(hands.current), flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as writer:
        for _ in range(20):
            last = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        last = max([last, *(int(line) for line in writer.stdout.read().splitlines() if line)])
    again = Hands(file)
    assert again.notice == ""
    assert len(again.current) >= last
    assert [each.digit for each in again.current] == [number % 10 for number in range(len(again.current))]


def test_an_operator_offers_hands_and_a_broken_one_is_named(home):
    (home / "hands").mkdir(parents=True)
    Hand("Ada", [lesson(1)]).save(home / "hands" / "1.hand")
    Hand("", [lesson(2)]).save(home / "hands" / "the class.hand")
    (home / "hands" / "broken.hand").write_bytes(b"rubbish")
    hands, [notice] = offered()
    assert list(hands) == ["Ada", "the class"]
    assert "broken.hand" in notice
    mine, theirs = Hands(None), Hands(None)
    mine.bring(hands["Ada"].to_bytes()).teach(lesson(3).glyph, 3)
    assert len(theirs.bring(hands["Ada"].to_bytes())) == len(hands["Ada"]) == 1
