"""The files to read among those that a person names, and in place of a folder the pictures in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from digitpad.errors import PictureError

# Why something in a folder is not read, for one of a kind and for more.
OTHER, HIDDEN, FOLDER = ("that is no picture", "that are no pictures"), ("hidden", "hidden"), ("folder", "folders")


@dataclass
class Found:
    """The files to read, and what was left out.

    Attributes:
        files: those that were named, and in place of each folder the pictures in it, by name.
        errors: of the folders that can't be opened; they stand among the files.
        folders: those that were opened.
        left_out: how many in these folders are not read, by the reason, which is OTHER, HIDDEN or FOLDER.
    """

    files: list[Path] = field(default_factory=list)
    errors: dict[Path, PictureError] = field(default_factory=dict)
    folders: list[Path] = field(default_factory=list)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def passed_over(self) -> str:
        """A line about what lies in the folders and is not read; empty where that is nothing."""
        told = [
            f"{count} {reason[count > 1]}" for reason in (OTHER, HIDDEN, FOLDER) if (count := self.left_out[reason])
        ]
        if not told:
            return ""
        where = self.folders[0].absolute().name if len(self.folders) == 1 else f"{len(self.folders)} folders"
        return f"Passed over in {where}: {', '.join(told)}"


def files_among(paths: Iterable[Path]) -> Found:
    """The files to read: those among the paths, and in place of a folder the pictures in it, by name.

    What is hidden or lies in subfolders is left out, and counted. A folder that can't be opened stands for itself.
    """
    found = Found()
    for path in paths:
        try:
            inside = sorted(path.iterdir())
        except (NotADirectoryError, FileNotFoundError, ValueError):  # a file, or what the recognizer will speak of
            found.files.append(path)
        except OSError as error:
            found.files.append(path)
            found.errors[path] = PictureError(f"{path} can't be opened: {error.strerror}.")
        else:
            from digitpad.pictures.decoding import picture_suffixes  # PIL takes a while; files do without it

            found.folders.append(path)
            suffixes = picture_suffixes()
            for file in inside:
                reason = _reason_against(file, suffixes)
                if reason is None:
                    found.files.append(file)
                else:
                    found.left_out[reason] += 1
    return found


def _reason_against(file: Path, suffixes: frozenset[str]) -> tuple[str, str] | None:
    """Why something in a folder is not read; None where it is."""
    if file.name.startswith("."):
        return HIDDEN
    if file.is_dir():
        return FOLDER
    return None if file.suffix.lower() in suffixes else OTHER
