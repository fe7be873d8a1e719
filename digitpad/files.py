"""Writing files whole or not at all, and where the icon and the sample lie."""

import os
from pathlib import Path

ICON = Path(__file__).with_name("icon.svg")  # of both apps
SAMPLE = Path(__file__).with_name("seven.png")  # a picture to try: a drawn 7


def write_whole(path: Path, content: bytes | str) -> None:
    """Write `content` to `path` so that a reader sees the old file or the new one, never half of it.

    Raises:
        OSError: the folder can't be written or the disk is full; the old file is then untouched.
    """
    data = content.encode() if isinstance(content, str) else content
    # Beside its goal, since replacing is atomic only within one file system. Not by tempfile, whose files
    # nobody but their owner may read.
    temporary = path.with_name(f".{path.name}.{os.urandom(16).hex()}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
