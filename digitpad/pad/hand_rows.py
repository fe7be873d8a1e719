"""Hands and their lessons as rows of the SQLite file."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import numpy as np

from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.lesson import Lesson
from digitpad.models.hand import NONE

HANDS = "SELECT id, name, is_on, changes, is_chosen FROM hands ORDER BY id"
LESSONS = "SELECT glyph, digit, at FROM lessons WHERE hand = ? ORDER BY at, id"
TEACH = "INSERT OR REPLACE INTO lessons (hand, glyph, digit, at) VALUES (?, ?, ?, ?)"
FORGET = "DELETE FROM lessons WHERE hand = ? AND glyph = ? AND digit = ?"

Row = tuple[int, str, int, int]  # of a hand: its number, its name, whether it is on, how often it was changed


def rows_of_hands(database: sqlite3.Connection) -> tuple[list[Row], int]:
    """The hands on disk, and the number of the one that was chosen last, 0 where none was."""
    found = database.execute(HANDS).fetchall()
    chosen = [number for number, *_, is_chosen in found if is_chosen]
    return [(number, str(name), is_on, changes) for number, name, is_on, changes, _ in found], max(chosen, default=0)


def lessons_of(database: sqlite3.Connection, number: int) -> Iterator[Lesson]:
    """The lessons of a hand, the oldest first; those that can't be understood are left out."""
    for glyph, digit, at in database.execute(LESSONS, (number,)):
        with contextlib.suppress(TypeError, ValueError):
            seen = np.frombuffer(glyph, np.uint8).reshape(GLYPH_SIDE, GLYPH_SIDE)
            time = datetime.fromisoformat(at).astimezone(UTC)
            if seen.any() and digit in (NONE, *range(10)):
                yield Lesson(seen, None if digit == NONE else digit, time)


def write(database: sqlite3.Connection, number: int, came: Iterable[Lesson], went: Iterable[Lesson] = ()) -> None:
    """Write down lessons that came to a hand, and take away those that went; who calls commits it.

    Raises:
        sqlite3.Error: that can't be.
    """
    database.executemany(FORGET, [(number, lesson.glyph.tobytes(), _number(lesson)) for lesson in went])
    rows = [
        (number, lesson.glyph.tobytes(), _number(lesson), lesson.at.isoformat(timespec="seconds")) for lesson in came
    ]
    database.executemany(TEACH, rows)


def _number(lesson: Lesson) -> int:
    return NONE if lesson.digit is None else lesson.digit
