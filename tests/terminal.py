"""A terminal, for programs that show more where there is one."""

import os
import pty
import re
import termios


class Terminal:
    """What a program sees as a terminal of 80 columns, and what it has shown there.

    Attributes:
        end: what the program gets as one of its streams, or several; ours of it is closed by the first `read`.
        shown: all that has been read so far.
    """

    def __init__(self) -> None:
        ours, self.end = pty.openpty()
        termios.tcsetwinsize(self.end, (24, 80))
        self._ours = os.fdopen(ours, "rb", buffering=0)
        self._is_given = False
        self.shown = ""

    def read(self, until: str | None = None) -> str:
        """Wait until a pattern is in what is shown, or until nobody can show any more; give all that was shown."""
        if not self._is_given:
            os.close(self.end)
            self._is_given = True
        while until is None or not re.search(until, self.shown):
            try:
                some = self._ours.read(65536)
            except OSError:  # so Linux says that nobody is there any more
                break
            self.shown += some.decode(errors="replace")
        return self.shown
