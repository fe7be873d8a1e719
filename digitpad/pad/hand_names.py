"""What a hand is called, and its file."""

import re
import unicodedata
from collections.abc import Sequence

from digitpad.errors import HandError
from digitpad.models.hand import LONGEST_NAME, SUFFIX

FIRST = "My hand"  # to whom nobody gave a name
JOINERS = "\u200c\u200d"  # that are not seen, and without which some scripts are written wrongly


def checked(name: str, taken: Sequence[str]) -> str:
    """A name that a person typed, on one line.

    Args:
        name: what was typed.
        taken: what other hands are called.

    Raises:
        HandError: no hand can be called so.
    """
    name = _cleaned(name)
    if not name:
        raise HandError("A hand needs a name. Type one.")
    if len(name) > LONGEST_NAME:
        raise HandError(f"This name has {len(name)} letters. Choose one with {LONGEST_NAME} or fewer.")
    for other in taken:
        if other.casefold() == name.casefold():
            raise HandError(f"There is a hand named {other!r} already. Choose another name.")
    return name


def free(name: str, taken: Sequence[str]) -> str:
    """A name of which nobody has to be asked: made short, and with a number where it is taken."""
    name = _cleaned(_cleaned(name)[:LONGEST_NAME]) or FIRST
    others = {other.casefold() for other in taken}
    free, number = name, 2
    while free.casefold() in others:
        ending = f" {number}"
        free, number = name[: LONGEST_NAME - len(ending)].strip() + ending, number + 1
    return free


def file_of(name: str) -> str:
    """What the file of a hand is called, unless told otherwise: as every system takes it."""
    safe = re.sub(r'[<>:"/\\|?*]', "_", name).strip(". ")
    return f"{safe or FIRST}{SUFFIX}"


def _cleaned(name: str) -> str:
    """A name on one line, without what can't be seen; empty where nothing can."""
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name))
    seen = "".join(sign for sign in spaced if unicodedata.category(sign)[0] != "C" or sign in JOINERS).strip()
    return seen if seen.strip(f" {JOINERS}") else ""
