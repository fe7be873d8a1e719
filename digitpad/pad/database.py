"""The SQLite file of one person: their drawings, and what their hands were taught."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

SECONDS_BUSY = 0.5  # to wait while another digitpad writes
MEMORY = ":memory:"
# What SQLite says of a file that is damaged, is no database, or has other tables than ours.
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
# Each makes the next version of the schema of the one before.
STEPS = (
    (
        """
        CREATE TABLE drawings (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            strokes TEXT NOT NULL,
            picture BLOB,
            glyph BLOB NOT NULL,
            digit INTEGER,
            verdict TEXT NOT NULL,
            confidence REAL NOT NULL,
            model TEXT NOT NULL
        )
        """,
    ),
    ("ALTER TABLE drawings ADD COLUMN text TEXT",),  # several digits
    (
        "ALTER TABLE drawings ADD COLUMN was TEXT",  # as what it was read before a person corrected it
        "ALTER TABLE drawings ADD COLUMN correction INTEGER",
        """
        CREATE TABLE hands (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            is_on INTEGER NOT NULL DEFAULT 1,
            is_chosen INTEGER NOT NULL DEFAULT 0,
            changes INTEGER NOT NULL DEFAULT 0
        )
        """,
        """
        CREATE TABLE lessons (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            hand INTEGER NOT NULL REFERENCES hands(id) ON DELETE CASCADE,
            glyph BLOB NOT NULL,
            digit INTEGER NOT NULL, -- -1 for no digit: of what is NULL nothing equals anything
            at TEXT NOT NULL,
            UNIQUE (hand, glyph, digit)
        )
        """,
    ),
)
VERSION = len(STEPS)  # of the schema; a file that a newer digitpad wrote is left alone
TRIALS = (
    "SELECT id, picture, model, text, was, correction FROM drawings LIMIT 1",
    "SELECT id, name, is_on, is_chosen, changes FROM hands LIMIT 1",
    "SELECT id, hand, glyph, digit, at FROM lessons LIMIT 1",
)


def opened(path: Path | None, look: Callable[[sqlite3.Connection], None]) -> tuple[sqlite3.Connection, str]:
    """Open the file, whatever state it is in.

    Args:
        path: the file; made, with its folder, if it is not there. A damaged one is set aside under another name.
            None: remember in memory alone, until the connection is closed.
        look: looks through what will be needed; an `sqlite3.DatabaseError` says that it is damaged.

    Returns:
        the connection; where the file can't be used, to a place in memory. And a sentence for the user about what is
        wrong with the file, empty where all is well.
    """
    if path is None:
        return _connect(MEMORY, look), ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _open(path, look)
    except (OSError, sqlite3.Error, _TooNewError) as error:
        notice = f"The history {path} can't be used ({error}). What you draw and teach is remembered until you quit."
        return _connect(MEMORY, look), notice


class _TooNewError(Exception):
    """The file was written by a newer digitpad."""


def _open(path: Path, look: Callable[[sqlite3.Connection], None]) -> tuple[sqlite3.Connection, str]:
    try:
        return _connect(path, look), ""
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) not in DAMAGED:
            raise  # locked, say, or not to be written: nothing is wrong with the file
        aside = path.with_name(f"{path.stem}-damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
        notice = f"The history, with all hands in it, was damaged. It was set aside as {aside}, and a new one begun."
        return _connect(path, look), notice


def _connect(path: Path | str, look: Callable[[sqlite3.Connection], None]) -> sqlite3.Connection:
    # A server may answer the same visitor from another thread each time, one after the other.
    database = sqlite3.connect(path, timeout=SECONDS_BUSY, check_same_thread=False)
    try:
        # A log that is written ahead: a commit needs no wait for the disk, and a killed program loses none.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA foreign_keys = ON")
        [version] = database.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise _TooNewError("a newer digitpad wrote it")
        if version < VERSION:
            _set_up(database)
        _try(database)
        look(database)
    except BaseException:
        database.close()
        raise
    return database


def _set_up(database: sqlite3.Connection) -> None:
    """Make what a file lacks, whole or not at all; another digitpad may be about to do so."""
    database.isolation_level = None
    database.execute("BEGIN IMMEDIATE")
    try:
        [version] = database.execute("PRAGMA user_version").fetchone()
        for step in STEPS[version:]:
            for statement in step:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {max(version, VERSION)}")
        _try(database)
        database.execute("COMMIT")
    except sqlite3.Error:
        database.execute("ROLLBACK")
        raise
    database.isolation_level = "DEFERRED"


def _try(database: sqlite3.Connection) -> None:
    """Whether all tables are there, with what ours have."""
    for trial in TRIALS:
        database.execute(trial)
