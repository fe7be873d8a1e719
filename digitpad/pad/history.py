"""The drawings that were made and what was read in them, kept in an SQLite file."""

import contextlib
import io
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitpad.errors import HistoryError
from digitpad.glyphs.glyph import GLYPH_SIDE
from digitpad.numbers.page import Page
from digitpad.pad.drawing import Content, from_json, to_json
from digitpad.reading import Reading, Verdict

VERSION = 2  # of the schema; a file that a newer digitpad wrote is left alone
SECONDS_BUSY = 0.5  # to wait while another digitpad writes
LATEST = "SELECT id, at, glyph, digit, verdict, confidence, model, text FROM drawings ORDER BY id DESC LIMIT ?"
# Not the one that was just written, be it as old as it may: it is on the canvas.
FORGET_OLDEST = "DELETE FROM drawings WHERE id NOT IN (SELECT id FROM drawings ORDER BY id DESC LIMIT ?) AND id != ?"
MEMORY = ":memory:"
# What SQLite says of a file that is damaged, is no database, or has other tables than ours.
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
SCHEMA = """
CREATE TABLE drawings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    strokes TEXT NOT NULL,
    picture BLOB,
    glyph BLOB NOT NULL,
    digit INTEGER,
    verdict TEXT NOT NULL,
    confidence REAL NOT NULL,
    model TEXT NOT NULL,
    text TEXT
)
"""
WITH_NUMBERS = "ALTER TABLE drawings ADD COLUMN text TEXT"  # version 1 knew single digits alone


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
    """

    number: int
    at: datetime
    glyph: NDArray[np.uint8]
    digit: int | None
    verdict: Verdict
    confidence: float
    model: str
    text: str = ""


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
        self.notice = ""
        self._most = most
        if path is None:
            self._database = _connect(MEMORY)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = self._open(path)
        except (OSError, sqlite3.Error, _TooNewError) as error:
            self.notice = f"The history {path} can't be used ({error}). What you draw is remembered until you quit."
            self._database = _connect(MEMORY)

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
                row = self._database.execute("INSERT OR REPLACE INTO drawings VALUES (?,?,?,?,?,?,?,?,?,?)", values)
                if self._most is not None:
                    self._database.execute(FORGET_OLDEST, (self._most, row.lastrowid))
        except sqlite3.Error as error:
            self.notice = f"The last drawing could not be written to the history: {error}."
            return content.number
        return row.lastrowid

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

    def _open(self, path: Path) -> sqlite3.Connection:
        try:
            return _connect(path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) not in DAMAGED:
                raise  # locked, say, or not to be written: nothing is wrong with the file
            aside = path.with_name(f"{path.stem}-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
            for suffix in ("", "-wal", "-shm"):
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
            self.notice = f"The history was damaged. It was set aside as {aside}, and a new one begun."
            return _connect(path)


class _TooNewError(Exception):
    """The file was written by a newer digitpad."""


def _connect(path: Path | str) -> sqlite3.Connection:
    # A server may answer the same visitor from another thread each time, one after the other.
    database = sqlite3.connect(path, timeout=SECONDS_BUSY, check_same_thread=False)
    try:
        # A log that is written ahead: a commit needs no wait for the disk, and a killed program loses none.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise _TooNewError("a newer digitpad wrote it")
        if version < VERSION:
            _set_up(database)
        [state] = database.execute("PRAGMA quick_check(1)").fetchone()
        database.execute("SELECT id, picture, model, text FROM drawings LIMIT 1")
        if state != "ok":
            raise sqlite3.DatabaseError(state)
    except BaseException:
        database.close()
        raise
    return database


def _set_up(database: sqlite3.Connection) -> None:
    """Make the table, or add what an older one lacks, whole or not at all; another digitpad may be about to do so."""
    database.isolation_level = None
    database.execute("BEGIN IMMEDIATE")
    [version] = database.execute("PRAGMA user_version").fetchone()
    if version == 0:
        database.execute(SCHEMA)
    elif version < VERSION:
        database.execute(WITH_NUMBERS)
    database.execute(f"PRAGMA user_version = {max(version, VERSION)}")
    database.execute("COMMIT")
    database.isolation_level = "DEFERRED"


def _entry(row: tuple[int, str, bytes, int | None, str, float, str, str | None]) -> Entry:
    number, at, glyph, digit, verdict, confidence, model, text = row
    seen = np.frombuffer(glyph, np.uint8).reshape(GLYPH_SIDE, GLYPH_SIDE)
    return Entry(number, datetime.fromisoformat(at), seen, digit, Verdict(verdict), confidence, model, text or "")


def _png(picture: NDArray[np.uint8] | None) -> bytes | None:
    if picture is None:
        return None
    saved = io.BytesIO()
    Image.fromarray(picture).save(saved, "png")
    return saved.getvalue()
