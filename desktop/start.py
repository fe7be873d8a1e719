"""The command `digitpad-desktop`, which can be interrupted from its first moment on."""

import signal
import sys


def main() -> int:
    """Load the pad and open it; the exit status says how it went."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # While it loads nothing can be lost, and who interrupts it wants no traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from digitpad_desktop import app

    status: int = app.main()
    return status


if __name__ == "__main__":
    sys.exit(main())
