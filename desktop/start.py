"""The command `digitpad-desktop`, which says in one sentence what it lacks, and can be interrupted from the first."""

import sys

from digitpad.ending import FAILED, end_quietly


def main() -> int:
    """Load the pad and open it; the exit status says how it went."""
    end_quietly()
    from digitpad.errors import not_installed
    from digitpad_desktop.lacking import said_of

    try:
        from digitpad_desktop import app
    except ModuleNotFoundError as error:
        sentence = not_installed(error, "the desktop pad", "desktop")
    except ImportError as error:  # Qt is there, and a library of the system's that it is linked to is not
        sentence = said_of(error)
    else:
        status: int = app.main()
        return status
    print(f"digitpad-desktop: {sentence}", file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
