"""A person's hands: what digitpad learned of how they write, by names, kept in the SQLite file of their history."""

import contextlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import HandError
from digitpad.lesson import Lesson
from digitpad.models.hand import Hand
from digitpad.pad.database import opened
from digitpad.pad.hand_names import FIRST, checked, free
from digitpad.pad.hand_rows import Row, lessons_of, rows_of_hands, write
from digitpad.pad.observed import Observed
from digitpad.pad.undoing import UNDONE

MAKE_FIRST = "INSERT INTO hands (name, is_chosen) SELECT ?, 1 WHERE NOT EXISTS (SELECT 1 FROM hands)"


class Hands(Observed[Hand]):
    """The hands of one person. One of them helps to read; listeners are told which, after every change.

    A lesson is on disk when what taught it returns: a crash afterwards costs nothing. Where it can't be written it
    counts all the same until the program ends, `notice` says so, and it is written with the next one if that can be.

    Args:
        path: the file of the history, see `History`. None: in memory alone.

    Attributes:
        notice: a sentence for the user about what is wrong with the file; empty where all is well.
        learns: whether what a person corrects in tables and on pages is learned.
        current: the hand that helps to read.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.learns = True
        self.current = Hand(FIRST)
        self._number = 0  # of the current hand
        self._rows: list[Row] = []
        self._lessons: set[Lesson] = set()  # of the current hand
        self._kept = self._lessons  # those on disk; the very same where all are
        self._ousting: dict[Lesson, tuple[Lesson, ...]] = {}  # lessons for which others went, and what was before
        self._database, self.notice = opened(path, self._load)

    @property
    def names(self) -> list[str]:
        """What the hands are called, the oldest first."""
        return [name for _, name, *_ in self._rows]

    def teach(self, *lessons: Lesson) -> None:
        """Give lessons to the current hand; of two about the very same glyph the later one counts."""
        self.refresh()
        known = {lesson.glyph.tobytes(): lesson for lesson in self.current.lessons}
        for lesson in lessons:
            before, glyph = self.current.lessons, lesson.glyph.tobytes()
            if glyph in known:
                self.current.forget(known[glyph])
            known[glyph] = self.current.teach(lesson.glyph, lesson.digit, lesson.at)
            if len(self.current) <= len(before):
                self._ousting[lesson] = before
                if len(self._ousting) > UNDONE:
                    del self._ousting[next(iter(self._ousting))]
        self._changed()

    def take_back(self, *lessons: Lesson) -> None:
        """Undo lessons: the current hand is as it was before; nothing happens for those that are not in it."""
        for lesson in filter(self.has, reversed(lessons)):
            self.current.forget(lesson)
            before = self._ousting.pop(lesson, ())
            if before:
                self._bring_again(before)
        self._changed()

    def forget(self, *lessons: Lesson) -> None:
        """Forget lessons of the current hand, whatever was before them."""
        for lesson in lessons:
            self.current.forget(lesson)
        self._ousting = {}
        self._changed()

    def forget_all(self) -> None:
        """Forget all lessons of the current hand."""
        self.current.forget_all()
        self._ousting = {}
        self._changed()

    def has(self, lesson: Lesson) -> bool:
        """Whether a lesson is in the current hand."""
        return lesson in self._lessons

    def lessons_of(self, glyph: NDArray[np.uint8]) -> list[Lesson]:
        """The lessons of the current hand that were taught by a glyph, uint8 (28, 28)."""
        return [lesson for lesson in self.current.lessons if np.array_equal(lesson.glyph, glyph)]

    def switch(self, is_on: bool) -> None:
        """Let the current hand help to read, or not: its lessons stay."""
        try:
            self._write("UPDATE hands SET is_on = ? WHERE id = ?", is_on, self._number)
            self._reload()
        except HandError:  # it holds until the program ends
            self.current.is_on = is_on
            self._tell(self.current)

    def choose(self, name: str) -> None:
        """Let another hand help to read.

        Raises:
            HandError: there is none of that name, or what the current one has learned can't be written yet.
        """
        self._take_up(self._number_of(name))

    def add(self, name: str) -> Hand:
        """Make a new hand, and choose it.

        Raises:
            HandError: it can't be named so, or it can't be written.
        """
        self._take_up(self._made(checked(name, self.names), ()))
        return self.current

    def rename(self, old: str, new: str) -> None:
        """Give a hand another name.

        Raises:
            HandError: there is no hand of the old name, it can't have the new one, or that can't be written.
        """
        number = self._number_of(old)
        others = [name for name in self.names if name != old]
        self._write("UPDATE hands SET name = ? WHERE id = ?", checked(new, others), number)
        self._reload()

    def remove(self, name: str) -> None:
        """Forget a hand with all its lessons; in place of the last one there is a new one.

        Raises:
            HandError: there is no such hand, or it can't be removed from the file.
        """
        self._write("DELETE FROM hands WHERE id = ?", self._number_of(name))
        self._reload()

    def bring(self, content: bytes, name: str = "") -> Hand:
        """Take in a hand from what is in its file, and choose it.

        Args:
            content: of the file.
            name: of the new hand, if not the one that stands in the file; one that is taken gets a number.

        Raises:
            HandError: it is no hand's file, it is damaged, or it can't be written.
        """
        hand = Hand.from_bytes(content)
        self._take_up(self._made(free(name or hand.name or FIRST, self.names), hand.lessons))
        return self.current

    def merge(self, content: bytes) -> int:
        """Give the lessons of a hand's file to the current hand; how many were new.

        Raises:
            HandError: it is no hand's file, or it is damaged.
        """
        self.refresh()
        count = self.current.add(Hand.from_bytes(content).lessons)
        self._changed()
        return count

    def refresh(self) -> None:
        """Take up what another program did to the same file, and write what could not be written before."""
        with contextlib.suppress(sqlite3.Error, HandError):
            rows, _ = rows_of_hands(self._database)
            if self._lessons is not self._kept and self._number in [number for number, *_ in rows]:
                self._keep()
            elif rows != self._rows:
                self._reload()

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _bring_again(self, before: Sequence[Lesson]) -> None:
        """Have all lessons of before again, in their order; later ones stay."""
        known = set(before)
        later = [lesson for lesson in self.current.lessons if lesson not in known]
        self.current.forget_all()
        self.current.add([*before, *later])

    def _load(self, database: sqlite3.Connection, wanted: int = 0) -> None:
        """Take up the hands that are on disk; the current one stays the current one, unless another one is wanted."""
        rows, chosen = rows_of_hands(database)
        if not rows:
            with database:
                database.execute(MAKE_FIRST, (FIRST,))
            rows, chosen = rows_of_hands(database)
        numbers = [number for number, *_ in rows]
        number = next((number for number in (wanted or self._number, chosen) if number in numbers), numbers[0])
        _, name, is_on, _ = rows[numbers.index(number)]
        kept = list(lessons_of(database, number))
        if number != self._number:
            self.current, self._ousting = Hand(name, kept), {}
        else:  # what the recognizer knows of the others need not be found anew
            self.current.name = name
            for lesson in self._kept.difference(kept):
                self.current.forget(lesson)
            self.current.add(lesson for lesson in kept if lesson not in self._kept)
        self.current.is_on = bool(is_on)
        self._number, self._rows, self._kept = number, rows, set(kept)
        self._lessons = set(self.current.lessons)
        if self._lessons == self._kept:  # else there is more than a hand holds, or what could not be written
            self._lessons = self._kept

    def _reload(self, wanted: int = 0) -> None:
        try:
            self._load(self._database, wanted)
        except sqlite3.Error as error:
            raise HandError(f"The hands can't be read from the history: {error}.") from error
        self._tell(self.current)

    def _take_up(self, number: int) -> None:
        try:
            self._keep()
        except sqlite3.Error as error:
            raise HandError(_unwritten(error)) from error
        with contextlib.suppress(sqlite3.Error), self._database:
            self._database.execute("UPDATE hands SET is_chosen = (id = ?)", (number,))
        self._reload(number)

    def _changed(self) -> None:
        """Write what was learned or forgotten, and tell of it."""
        try:
            self._keep()
        except sqlite3.Error as error:
            self.notice = _unwritten(error)
        self._tell(self.current)

    def _keep(self) -> None:
        """Write what is not written yet, whole or not at all."""
        now = self._lessons = set(self.current.lessons)
        came, went = [lesson for lesson in self.current.lessons if lesson not in self._kept], self._kept - now
        if not came and not went:
            self._kept = now
            return
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            are_others = rows_of_hands(self._database)[0] != self._rows
            write(self._database, self._number, came, went)
            self._database.execute("UPDATE hands SET changes = changes + 1 WHERE id = ?", (self._number,))
            rows, _ = rows_of_hands(self._database)
        self._kept, self._rows = now, rows
        if are_others:
            self._load(self._database)

    def _made(self, name: str, lessons: Iterable[Lesson]) -> int:
        """Write a new hand, whole or not at all; its number."""
        try:
            with self._database:
                row = self._database.execute("INSERT INTO hands (name) VALUES (?)", (name,))
                number = int(row.lastrowid or 0)
                write(self._database, number, lessons)
        except sqlite3.Error as error:
            raise HandError(_refused(error, name)) from error
        return number

    def _write(self, statement: str, *values: object) -> None:
        try:
            with self._database:
                self._database.execute(statement, values)
        except sqlite3.Error as error:
            raise HandError(_refused(error, str(values[0]))) from error

    def _number_of(self, name: str) -> int:
        for number, called, *_ in self._rows:
            if called == name:
                return number
        raise HandError(f"There is no hand named {name!r}. There are: {', '.join(self.names)}.")


def _unwritten(error: sqlite3.Error) -> str:
    return f"The last lesson could not be written to the history: {error}. It counts until you quit."


def _refused(error: sqlite3.Error, name: str) -> str:
    if isinstance(error, sqlite3.IntegrityError):  # another program was faster
        return f"There is a hand named {name!r} already. Choose another name."
    return f"The hand could not be written to the history: {error}. Try again."
