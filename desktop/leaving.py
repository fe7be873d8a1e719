"""Leaving on Ctrl-C in the terminal, when the terminal is closed, and on a logout."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
STATUS = 128  # and the signal's number: how a shell tells that a program was ended by one


@contextmanager
def on_signals(leave: Callable[[int], None]) -> Iterator[None]:
    """Have a function called, out of Qt's loop, when the program is told to end; told again, it ends at once.

    Python's handlers run between two of its lines, and while Qt waits there are none. So a signal leaves its number
    in a socket, which Qt watches.

    Args:
        leave: gets the exit status.
    """
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    # What whoever started the program wants to be ignored stays so: `nohup`, say, and a shell's `&`.
    heeded = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]

    def hear() -> None:
        number = reading.recv(1)[0]
        if number in heeded:
            for heard in heeded:
                signal.signal(heard, signal.SIG_DFL)
            leave(STATUS + number)

    notifier = QSocketNotifier(reading.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(hear)
    woken_before = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda *_: None) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken_before)
        notifier.setEnabled(False)
        reading.close()
        writing.close()
