"""The drawings that were made and what was read in them, kept in an SQLite file."""

import contextlib
import io
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.errors import HistoryError
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.numbers.page import Page
from digitpad.pad.database import opened
from digitpad.pad.drawing import Content, from_json, to_json
from digitpad.reading import Reading, Verdict

LATEST = """
SELECT id, at, glyph, digit, verdict, confidence, model, text, was, correction FROM drawings ORDER BY id DESC LIMIT ?
"""
# What a person said of a drawing stays for as long as that is the same drawing.
KEEP = """
INSERT INTO drawings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)
ON CONFLICT (id) DO UPDATE SET
    was = CASE WHEN strokes = excluded.strokes AND picture IS excluded.picture THEN was END,
    correction = CASE WHEN strokes = excluded.strokes AND picture IS excluded.picture THEN correction END,
    at = excluded.at, strokes = excluded.strokes, picture = excluded.picture, glyph = excluded.glyph,
    digit = excluded.digit, verdict = excluded.verdict, confidence = excluded.confidence, model = excluded.model,
    text = excluded.text
"""
# Not the one that was just written, be it as old as it may: it is on the canvas.
FORGET_OLDEST = "DELETE FROM drawings WHERE id NOT IN (SELECT id FROM drawings ORDER BY id DESC LIMIT ?) AND id != ?"


class Mark(NamedTuple):
    """That a person corrected what was read in a drawing.

    Attributes:
        was: as what it was read before, as it was shown: "9", "4?".
        correction: the digit that a person said it is, in a number that one of its digits is; None for no digit.
    """

    was: str
    correction: int | None


@dataclass(frozen=True, eq=False)
class Entry:
    """One drawing of the past.

    Attributes:
        number: which one; higher ones are newer.
        at: when it was last drawn on, or read.
        glyph: uint8 (28, 28), what the network saw.
        digit: what was read; None where nothing was drawn, nothing was read yet, or several digits were.
        verdict: what it was taken for.
        confidence: of `digit`, or of all of `text`, 0 to 1.
        model: the name of the model that read.
        text: several digits, as `Page.text`; else empty.
        mark: that a person corrected it; else None.
    """

    number: int
    at: datetime
    glyph: NDArray[np.uint8]
    digit: int | None
    verdict: Verdict
    confidence: float
    model: str
    text: str = ""
    mark: Mark | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether a person said that it is something else than what was read."""
        return self.mark is not None

    @property
    def correction(self) -> int | None:
        """The digit that a person said it is; None for no digit, or without a word of theirs."""
        return self.mark.correction if self.mark else None


class History:
    """The drawings of the past, newest first.

    What is added is on disk when `keep` returns: a crash afterwards costs nothing. Where the file can't be used,
    drawings are remembered until the program ends, and `notice` says so.

    Args:
        path: the file; made, with its folder, if it is not there. A damaged one is set aside under another name.
            None: remember them in memory alone, until the last reference is gone.
        most: how many to remember; the oldest are forgotten. Without it all.

    Attributes:
        notice: a sentence for the user about what is wrong with the file; empty where all is well.
    """

    def __init__(self, path: Path | None, most: int | None = None) -> None:
        self._most = most
        self._database, self.notice = opened(path, _check)

    def keep(self, content: Content, reading: Reading, model: str, page: Page | None = None) -> int | None:
        """Write down a drawing and its reading.

        Args:
            content: what is on the canvas; its number says of which drawing it is a later state.
            reading: what was read in it.
            model: the name of the model that read.
            page: what was read in it, where that was several digits.

        Returns:
            its number; where it could not be written, and `notice` says why, the one that it had before, if any.
        """
        values = (
            content.number,
            datetime.now(UTC).isoformat(timespec="seconds"),
            to_json(content.strokes),
            _png(content.picture),
            reading.glyph.tobytes(),
            reading.digit,
            str(reading.verdict),
            page.confidence if page else reading.confidence,
            model,
            page.text if page else None,
        )
        try:
            with self._database:
                row = self._database.execute(KEEP, values)
                number = row.lastrowid if content.number is None else content.number
                if self._most is not None:
                    self._database.execute(FORGET_OLDEST, (self._most, number))
        except sqlite3.Error as error:
            self.notice = f"The last drawing could not be written to the history: {error}."
            return content.number
        return number

    def mark(self, number: int, mark: Mark | None) -> None:
        """Write down that a person corrected what was read in a drawing, or for None that nobody did."""
        with contextlib.suppress(sqlite3.Error), self._database:
            values = (*(mark or (None, None)), number)
            self._database.execute("UPDATE drawings SET was = ?, correction = ? WHERE id = ?", values)

    def marked(self, number: int) -> Mark | None:
        """What a person corrected in a drawing; None where that is nothing."""
        with contextlib.suppress(sqlite3.Error):
            row = self._database.execute("SELECT was, correction FROM drawings WHERE id = ?", (number,)).fetchone()
            return _mark(*row) if row else None
        return None

    def latest(self, count: int) -> list[Entry]:
        """The newest drawings, the newest first; those that can't be understood are left out."""
        entries = []
        with contextlib.suppress(sqlite3.Error):
            for row in self._database.execute(LATEST, (count,)).fetchall():
                with contextlib.suppress(ValueError):
                    entries.append(_entry(row))
        return entries

    def content(self, number: int) -> Content:
        """What was on the canvas; apart from the rest, as a long drawing takes a while to be understood.

        Raises:
            HistoryError: there is no such drawing, or it is damaged.
        """
        try:
            query = "SELECT strokes, picture FROM drawings WHERE id = ?"
            row = self._database.execute(query, (number,)).fetchone()
            if row is None:
                raise HistoryError("This drawing is no longer in the history: it was forgotten.")
            strokes, picture = row
            array = None if picture is None else np.asarray(Image.open(io.BytesIO(picture)))
            return Content(from_json(strokes), array, number)
        except (sqlite3.Error, TypeError, ValueError, OSError) as error:
            raise HistoryError(f"This drawing is damaged ({error}) and can't be brought back.") from error

    def remove(self, number: int) -> None:
        """Forget one drawing."""
        with contextlib.suppress(sqlite3.Error), self._database:
            self._database.execute("DELETE FROM drawings WHERE id = ?", (number,))

    def clear(self) -> None:
        """Forget all drawings."""
        with contextlib.suppress(sqlite3.Error), self._database:
            self._database.execute("DELETE FROM drawings")

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _check(database: sqlite3.Connection) -> None:
    [state] = database.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)


def _entry(row: tuple[int, str, bytes, int | None, str, float, str, str | None, str | None, int | None]) -> Entry:
    number, at, glyph, digit, verdict, confidence, model, text, was, correction = row
    seen = np.frombuffer(glyph, np.uint8).reshape(GLYPH_SIDE, GLYPH_SIDE)
    return Entry(
        number,
        datetime.fromisoformat(at),
        seen,
        digit,
        Verdict(verdict),
        confidence,
        model,
        text or "",
        _mark(was, correction),
    )


def _mark(was: str | None, correction: int | None) -> Mark | None:
    return None if was is None else Mark(was, correction)


def _png(picture: NDArray[np.uint8] | None) -> bytes | None:
    if picture is None:
        return None
    saved = io.BytesIO()
    Image.fromarray(picture).save(saved, "png")
    return saved.getvalue()
