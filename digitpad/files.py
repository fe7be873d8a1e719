"""Writing files whole or not at all, paths that a person names, and where the icon and the sample lie."""

import os
import re
from pathlib import Path

ICON = Path(__file__).with_name("icon.svg")  # of both apps
SAMPLE = Path(__file__).with_name("seven.png")  # a picture to try: a drawn 7

RANDOM = 32  # letters


def write_whole(path: Path, content: bytes | str) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never half of it.

    Raises:
        OSError: the folder can't be written or the disk is full; the old file is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    # Beside its goal, since replacing is atomic only within one file system. Not by tempfile, whose files
    # nobody but their owner may read.
    temporary = path.with_name(f".{path.name}.{os.urandom(RANDOM // 2).hex()}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def path_of(word: str) -> Path:
    """The path that a person names at a command line: a `type` for argparse.

    Raises:
        ArgumentTypeError: the word is empty, as an unset variable is; `Path` takes that for the current folder.
    """
    if not word:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError('"" names nothing. If you mean the current folder, write ./')
    return Path(word)


def sweep(folder: Path) -> None:
    """Take away what `write_whole` left in a folder when the process was killed; nobody may be writing there.

    Raises:
        OSError: something can't be deleted.
    """
    for file in folder.glob(".*"):
        if re.fullmatch(rf"\..+\.[0-9a-f]{{{RANDOM}}}", file.name):
            file.unlink(missing_ok=True)
