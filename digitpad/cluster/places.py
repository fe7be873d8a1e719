"""Where pictures lie and rows go: folders, and addresses of file systems that PyArrow opens, as Ray's readers do."""

import fnmatch
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pyarrow import ArrowException
from pyarrow.fs import FileSelector, FileSystem, FileType, LocalFileSystem

from digitpad.errors import ClusterError
from digitpad.files import RANDOM, write_whole

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
WILD = re.compile(r"[*?\[]")
APPEAR_WHOLE = ("s3", "gcs", "abfs")  # where a file is there once all of it was written, and not before


@dataclass(frozen=True)
class Place:
    """A file or a folder on a file system.

    Attributes:
        filesystem: PyArrow's; it can be pickled.
        path: where on it.
        shown: what it is called, as a person wrote it; of a folder perhaps with the last stroke, of the current
            one perhaps nothing.
    """

    filesystem: FileSystem
    path: str
    shown: str

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, or mounted on it."""
        return bool(self.filesystem.type_name == "local")

    @property
    def address(self) -> str:
        """What tells it from all other places, wherever a person stands."""
        return self.path if self.is_local else self.shown

    def below(self, name: str) -> "Place":
        """The file or folder by that name in it, which may lie in folders of its own."""
        stroke = "/" if self.shown and not self.shown.endswith("/") else ""
        return Place(self.filesystem, f"{self.path.rstrip('/')}/{name}", f"{self.shown}{stroke}{name}")

    def is_in(self, folder: "Place") -> bool:
        """Whether it lies in a folder, or below."""
        same = self.filesystem.type_name == folder.filesystem.type_name
        return bool(same and self.path.startswith(f"{folder.path.rstrip('/')}/"))

    def kind(self) -> FileType:
        """What is there: a file, a folder, or nothing."""
        with told(self.shown):
            return self.filesystem.get_file_info(self.path).type

    def files(self, recursive: bool = True) -> list[str]:
        """The names of the files in a folder, with the folders below it that they lie in, sorted.

        Raises:
            ClusterError: it can't be listed.
        """
        with told(self.shown):
            selector = FileSelector(self.path, allow_not_found=True, recursive=recursive)
            found = self.filesystem.get_file_info(selector)
        start = len(self.path.rstrip("/")) + 1
        return sorted(info.path[start:] for info in found if info.type == FileType.File)

    def read(self) -> bytes:
        """All that is in it.

        Raises:
            ClusterError: it can't be read.
        """
        with told(self.shown), self.filesystem.open_input_stream(self.path, compression=None) as stream:
            return bytes(stream.read())

    def write_whole(self, content: bytes) -> None:
        """Write a file so that a reader sees all of it or nothing.

        Raises:
            ClusterError: it can't be written.
        """
        with told(self.shown, "written"):
            if self.is_local:
                write_whole(Path(self.path), content)
            elif self.filesystem.type_name in APPEAR_WHOLE:
                self._write(self.path, content)
            else:
                folder, name = self.path.rsplit("/", 1)
                temporary = f"{folder}/.{name}.{'0' * RANDOM}"
                self._write(temporary, content)
                self.filesystem.move(temporary, self.path)

    def _write(self, path: str, content: bytes) -> None:
        with self.filesystem.open_output_stream(path, compression=None) as stream:
            stream.write(content)


def place_of(word: str) -> Place:
    """The place that a person names: a path of this machine, or an address such as s3://bucket/scans.

    Raises:
        ClusterError: no such file system is known, or it does not answer.
    """
    if not ADDRESS.match(word):
        return Place(LocalFileSystem(), str(Path(word).absolute()), word)
    with told(word):
        filesystem, path = FileSystem.from_uri(word)
    return Place(filesystem, path, word.partition("?")[0].rstrip("/"))


def files_at(word: str) -> tuple[Place, list[str]]:
    """The files that a person names, and the folder from which they are counted.

    Args:
        word: a file, a folder, which is gone through with all below it, or a pattern such as "scans/*.tar"; as a
            path or as an address.

    Returns:
        the folder, and the names of the files below it, sorted; what is hidden is left out.

    Raises:
        ClusterError: there is none, or they can't be listed.
    """
    is_address = ADDRESS.match(word) is not None
    named_so, mark, options = word.partition("?") if is_address else (word, "", "")
    wild = WILD.search(named_so)
    if wild and (is_address or not Path(word).exists()):
        cut = named_so.rfind("/", 0, wild.start()) + 1
        folder = replace(place_of((named_so[:cut] or ".") + mark + options), shown=named_so[:cut])
        parts = named_so[cut:].rstrip("/").split("/")
        files = [name for name in folder.files(recursive=True) if _matches(name, parts)]
    else:
        place = place_of(word)
        kind = place.kind()
        if kind == FileType.NotFound:
            raise ClusterError(f"{word} does not exist.")
        if kind == FileType.File:
            path, _, name = place.path.rpartition("/")
            return Place(place.filesystem, path or "/", place.shown.removesuffix(name)), [name]
        folder, files = place, place.files()
    files = [name for name in files if not is_hidden(name)]
    if not files:
        raise ClusterError(f"There are no files at {word}.")
    return folder, files


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder that it lies in, is not meant to be seen: .name, or what macOS adds to archives."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


@contextmanager
def told(shown: str, done: str = "read") -> Iterator[None]:
    """What goes wrong with a place meanwhile becomes a sentence about it."""
    try:
        yield
    except (OSError, ArrowException, ImportError, ValueError) as error:
        number = getattr(error, "errno", None)  # PyArrow's own words repeat the path
        reason = os.strerror(number) if number else str(error).partition("\n")[0]
        raise ClusterError(f"{shown} can't be {done}: {reason.rstrip('.')}.") from error


def named(content: bytes, name: str) -> io.BytesIO:
    """What is in a picture file as an open one, which tells its name."""
    file = io.BytesIO(content)
    file.name = name
    return file


def _matches(name: str, parts: list[str]) -> bool:
    """Whether a file is meant by a pattern, or lies in a folder that is."""
    folders = name.split("/")
    return len(folders) >= len(parts) and all(map(fnmatch.fnmatchcase, folders, parts))
