"""What can go wrong, as sentences a user can act on.

Every message names the thing, says what was wrong with it and what to do.
"""

import importlib.util
import sys


class DigitpadError(Exception):
    """Any error that digitpad raises on purpose; its text is fit to be shown to a user."""


class PictureError(DigitpadError, ValueError):
    """A picture of a wrong type or shape, or a file that can't be read as one."""


class ModelError(DigitpadError, ValueError):
    """A model that is missing, corrupt or not made for 28 × 28 glyphs and ten digits."""


class ExportError(DigitpadError):
    """A model that can't be written for other programs."""


class HandError(DigitpadError, ValueError):
    """A lesson that can't be learned, or a file that is no hand."""


class HistoryError(DigitpadError):
    """A drawing of the past that can't be brought back."""


class CorrectionError(DigitpadError, ValueError):
    """What a person wants a number on a page to be, and it can't be."""


class DataError(DigitpadError):
    """A data set that is missing, damaged or out of reach."""


class RunError(DigitpadError):
    """A training run that can't start or go on."""


class ClusterError(DigitpadError):
    """Bulk reading on Ray that can't begin or go on: for its input, its output, or Ray."""


def not_installed(error: ModuleNotFoundError, who: str, extras: str) -> str:
    """The sentence for a package that one part of digitpad needs and the rest does not.

    Args:
        error: what importing it gave.
        who: needs it.
        extras: those of digitpad's optional dependencies that bring it.
    """
    wanted = f'"digitpad[{extras}]"'  # such quotes are understood by Windows too
    package = str(error.name).partition(".")[0]
    return f"{package} is not installed, and {who} needs it. Install it with: {install_command(wanted)}"


def install_command(wanted: str) -> str:
    """The command that brings packages to the very Python that runs, and finds digitpad there.

    Another Python's pip would ask the package index for digitpad, which is not in it.

    Args:
        wanted: the packages, and options that pip and uv both know.
    """
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    has_pip = importlib.util.find_spec("pip") is not None  # an environment that uv made has none
    return f"{python} -m pip install {wanted}" if has_pip else f"uv pip install --python {python} {wanted}"
