"""What is known of a reading in the folder that it writes to: which shard's rows are in which file.

A shard's rows appear in one file, whole, so a file that is there is a shard that is done, whoever was killed when.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyarrow.fs import FileType

from digitpad.cluster.contents import is_shard
from digitpad.cluster.places import Place, told
from digitpad.errors import ClusterError
from digitpad.files import sweep

FILE = "_digitpad.json"  # what begins so is passed over by those who read folders of tables
WHAT = {"input": "input", "numbers": "choice of numbers or digits", "form": "format", "sha256": "model"}


@dataclass
class Ledger:
    """Which shards there are.

    Attributes:
        settings: what must be the same when it goes on: WHAT says what is what.
        shards: the files of each: an archive or a table, or some pictures.
    """

    settings: dict[str, Any]
    shards: list[list[str]] = field(default_factory=list)

    def file_of(self, number: int) -> str:
        """What the file with a shard's rows is called."""
        return f"part-{number:05}.{self.settings['form']}"

    def add(self, files: Sequence[str], at_once: int) -> None:
        """Make shards of the files that are in none yet.

        Args:
            files: all there are.
            at_once: how many pictures make a shard.
        """
        known = {file for shard in self.shards for file in shard}
        new = [file for file in files if file not in known]
        pictures = [file for file in new if not is_shard(file)]
        self.shards += [[file] for file in new if is_shard(file)]
        self.shards += [pictures[start : start + at_once] for start in range(0, len(pictures), at_once)]


def opened(output: Place, settings: dict[str, Any]) -> tuple[Ledger, set[str]]:
    """The ledger of a folder, a new one where nothing was written to it yet, and the files that are there.

    Raises:
        ClusterError: there is something else, or rows of another reading; or it can't be read.
    """
    if output.kind() == FileType.File:
        raise ClusterError(f"{output.shown} is a file. Name a folder for the rows.")
    with told(output.shown, "made"):
        output.filesystem.create_dir(output.path, recursive=True)
        if output.is_local:
            sweep(Path(output.path))  # what a killed process left
    there = {name for name in output.files(recursive=False) if not name.startswith(".")}
    if FILE not in there:
        if there:
            raise ClusterError(f"{output.shown} holds other files. Name a new folder for the rows.")
        return Ledger(settings), there
    try:
        written = json.loads(output.below(FILE).read())
        ledger = Ledger(written["settings"], written["shards"])
        others = [key for key in WHAT if ledger.settings[key] != settings[key]]
    except (ValueError, KeyError, TypeError) as error:
        raise ClusterError(f"{output.below(FILE).shown} is damaged. Name a new folder for the rows.") from error
    if others:
        what = " and ".join(WHAT[key] for key in others)
        raise ClusterError(f"{output.shown} holds rows of another {what}. Name a new folder for these.")
    return ledger, there


def write(ledger: Ledger, output: Place) -> None:
    """Write it down, before the first row is.

    Raises:
        ClusterError: it can't be written.
    """
    content = {"settings": ledger.settings, "shards": ledger.shards}
    output.below(FILE).write_whole(json.dumps(content, indent=0).encode())
