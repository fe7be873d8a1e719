"""UNIPEN: digits, capitals and signs as people at six sites in several countries wrote them with a pen.

Guyon, Schomaker, Plamondon, Liberman and Janet, "UNIPEN project of on-line data exchange and recognizer benchmarks"
(ICPR, 1994); release train_r01_v07, doi 10.5281/zenodo.1195803, CC BY 4.0. A file under `data/` names parts of the
ink of files under `include/`, and says what they show.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digitpad.errors import DataError
from digitpad.training.data.sources import places
from digitpad.training.data.strokes import Stroke

UNIPEN_FILES = "unipen-train_r01_v07*.zip"
UNIPEN_FOLDERS = ("train_r01_v07", "")  # of the whole release, unpacked; it may lie in `unipen/` directly
# Of all characters that are read: the same in the whole release and in the part of it that has the six sites alone.
UNIPEN_CHARACTERS = "14b6548ba418fe92cc1ac9332496efa44da101ee2228f17040e3091b910f78cf"

SITES = ("apb", "ced", "gmd", "imp", "syn", "tos")
KINDS = {"digit": "1a", "capital": "1b", "sign": "1d"}
COUNT_PEN_UP = frozenset(("tos",))  # sites whose numbers count the pen's ways above the paper too

Folder = Path | zipfile.Path
POINT = re.compile(r"\s*-?\d")


@dataclass(frozen=True, eq=False)
class Character:
    """One character as a person wrote it.

    Attributes:
        kind: "digit", "capital" or "sign".
        label: what it is, one letter.
        site: who collected it.
        writer: who wrote it, a number within the site, from 0 in the order of their files.
        file: the file below the site's folder; one sitting of one person, seldom of two.
        place: its number among the characters of that file, from 0.
        strokes: each float64 (n, 2), x and y in the tablet's units, y downward.
    """

    kind: str
    label: str
    site: str
    writer: int
    file: str
    place: int
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, eq=False)
class _Part:
    """From one change of the pen to the next; `lines` as they stand in the file, one a point."""

    is_down: bool
    lines: list[str]

    def points(self, low: int, high: int | None) -> NDArray[np.float64]:
        """Some of its points, (n, 2), y downward."""
        words = [line.split(maxsplit=2)[:2] for line in self.lines[low:high]]
        return np.array(words, np.float64).reshape(-1, 2) * (1, -1)  # UNIPEN's y grows upward


@dataclass(frozen=True, eq=False)
class _Ink:
    """What an included file holds."""

    parts: list[_Part]
    writer: str


def load_unipen(folder: Path | None = None) -> list[Character]:
    """Find UNIPEN where MNIST is looked for, in `unipen/`, and read the characters of the six sites.

    Returns:
        the characters, file by file; none where it is not on this machine.

    Raises:
        DataError: what was found is damaged or another release.
    """
    for place in places(folder, "unipen"):
        for archive in sorted(place.glob(UNIPEN_FILES)):
            return _checked(archive, _in_archive(archive))
        for name in UNIPEN_FOLDERS:
            if (place / name / "data" / KINDS["digit"]).is_dir():
                return _checked(place / name, _characters(place / name))
    return []


def _in_archive(archive: Path) -> list[Character]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as opened:
            return _characters(zipfile.Path(opened))
    except OSError as error:
        raise DataError(f"{archive} can't be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as error:
        raise DataError(f"{archive} is cut off or damaged ({error}). Delete it and get it again.") from error


def _checked(source: Path, characters: list[Character]) -> list[Character]:
    if digest(characters) != UNIPEN_CHARACTERS:
        raise DataError(
            f"{source} does not hold the published characters (their SHA-256 differs). Delete it and get it again."
        )
    return characters


def digest(characters: Sequence[Character]) -> str:
    """The SHA-256 of what characters show and of their points, in whatever order they come."""
    each = sorted(
        hashlib.sha256(
            repr((one.site, one.label)).encode() + b"".join(stroke.astype("<f8").tobytes() for stroke in one.strokes)
        ).digest()
        for one in characters
    )
    return hashlib.sha256(b"".join(each)).hexdigest()


def _characters(root: Folder) -> list[Character]:
    """All characters below `data/`, the files in the order of their names."""
    read = cache(lambda name: _ink(root / "include", name))
    found: list[Character] = []
    for site in SITES:
        folders = {kind: root / "data" / task / site for kind, task in KINDS.items()}
        files = [(name, kind, file) for kind, below in folders.items() for name, file in _files(below)]
        writers: dict[str, int] = {}
        for name, kind, file in sorted(files, key=lambda entry: entry[:2]):
            inks = [read(line.split()[1]) for line in _lines(file) if line.startswith(".INCLUDE")]
            who = next((ink.writer for ink in inks if ink.writer), name)
            writer = writers.setdefault(who, len(writers))
            parts = [part for ink in inks for part in ink.parts if part.is_down or site in COUNT_PEN_UP]
            segments = [line for line in _lines(file) if line.startswith(".SEGMENT CHARACTER")]
            for place, segment in enumerate(segments):
                strokes = tuple(_strokes(segment.split()[2], parts))
                label = segment[segment.index('"') + 1 : segment.rindex('"')].removeprefix("\\") or "\\"
                if strokes:
                    found.append(Character(kind, label, site, writer, name, place, strokes))
    return found


def _files(folder: Folder, above: str = "") -> Iterator[tuple[str, Folder]]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        elif entry.name.endswith(".dat"):
            yield f"{above}{entry.name}", entry


def _lines(file: Folder) -> list[str]:
    return file.read_text(encoding="latin-1").splitlines()


def _ink(include: Folder, name: str) -> _Ink:
    """What was written in an included file, with that of the files that it includes in their place."""
    file = include / name
    parts, writer = [_Part(False, [])], ""
    for line in _lines(file) if file.is_file() else ():  # notes about the data are not always there, and have no ink
        if line.startswith((".PEN_DOWN", ".PEN_UP")):
            parts.append(_Part(line.startswith(".PEN_DOWN"), []))
        elif line.startswith(".INCLUDE"):
            parts += [*_ink(include, line.split()[1]).parts, _Part(False, [])]
        elif line.startswith(".WRITER_ID"):
            writer = writer or line.partition(" ")[2].strip()
        elif POINT.match(line):
            parts[-1].lines.append(line)
    return _Ink([part for part in parts if part.lines], writer)


def _strokes(delineation: str, parts: Sequence[_Part]) -> Iterator[Stroke]:
    """The strokes that a delineation names: "3-4,7", where a point within a part may be named too: "3:0-4:12"."""
    for span in delineation.split(","):
        (first, begin), (last, end) = (_place(word) for word in (span.split("-") * 2)[:2])
        for number in range(first, min(last + 1, len(parts))):
            part = parts[number]
            low = begin if number == first and begin is not None else 0
            high = end + 1 if number == last and end is not None else None
            points = part.points(low, high)
            if part.is_down and len(points):
                yield points


def _place(word: str) -> tuple[int, int | None]:
    part, _, point = word.partition(":")
    return int(part), int(point) if point else None
