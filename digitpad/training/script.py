"""What every script does with an error: one sentence and an exit status."""

import sys
from collections.abc import Callable

from digitpad.errors import DigitpadError

FAILED = 1
INTERRUPTED = 130  # what shells give for Ctrl-C


def run_script(name: str, work: Callable[[], int]) -> int:
    """Do a script's work and return its exit status; what goes wrong becomes one sentence on standard error."""
    try:
        return work()
    except (DigitpadError, OSError) as error:
        message = str(error)
    except ModuleNotFoundError as error:
        message = (
            f"{error.name} is not installed, and this script needs it. Install it with: "
            "pip install -c constraints.txt -e '.[train]'"
        )
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED
    print(f"{name}: {message}", file=sys.stderr)
    return FAILED
