"""The server of `digitpad serve`: uvicorn, in one process or several."""

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from types import FrameType

import cv2
from starlette.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from digitpad.api.app import Settings, create
from digitpad.api.connection import Connection
from digitpad.api.metrics import SHARED
from digitpad.api.readers import Readers
from digitpad.listening import address_of, check_listening

TO_START = 60  # seconds until a process that gives no sign of life is started again
TO_END = 10  # seconds that those who are being answered get when the server is told to end


def serve(settings: Settings, host: str, port: int, path: str, workers: int) -> int:
    """Serve until Ctrl-C or SIGTERM; what has come until then is answered.

    Args:
        settings: of the application.
        host: an address of this machine.
        port: of that host.
        path: below which a proxy shows it; empty for none.
        workers: how many processes answer.

    Returns:
        the exit status.

    Raises:
        DigitpadError: one can't listen there, or the chosen model is missing or broken.
    """
    address = address_of(host, port, path)
    check_listening(host, port, address, "digitpad serve")
    for notice in Readers(settings.model).notices:
        print(notice, file=sys.stderr)
    config = Config(
        partial(create if workers == 1 else _create_in_worker, settings),
        host,
        port,
        factory=True,
        workers=workers,
        root_path=f"/{path.strip('/')}" if path.strip("/") else "",
        http=Connection,
        ws="none",
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=TO_END,
        timeout_worker_healthcheck=TO_START,
    )
    print(f"digitpad is at {address}, tells what it takes at {address}/docs, and ends with Ctrl-C.", flush=True)
    if workers == 1:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave)  # uvicorn has its own meanwhile, and sends the signal once more at its end
        Server(config).run()
        return 0
    with tempfile.TemporaryDirectory(prefix="digitpad-") as folder:
        os.environ[SHARED] = folder
        _Workers(config, [config.bind_socket()]).run()
    return 0


def _leave(_: int, __: FrameType | None) -> None:
    sys.exit(0)


def _create_in_worker(settings: Settings) -> ASGIApp:
    """The application in one process of several."""
    cv2.setNumThreads(1)  # the other cores have workers of their own
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _let_in(signal.SIG_UNBLOCK)
    return create(settings)


def _end_with(parent: BaseProcess) -> None:
    """End when the process that started this one does, also where that was killed."""
    parent.join()
    signal.raise_signal(signal.SIGTERM)


class _Workers(Multiprocess):
    """uvicorn's, but Ctrl-C, which a terminal sends to all processes, shows no tracebacks of those that start."""

    def init_processes(self) -> None:
        with _ctrl_c_waits():
            super().init_processes()

    def keep_subprocess_alive(self) -> None:
        with _ctrl_c_waits():
            super().keep_subprocess_alive()


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Ctrl-C means nothing until the end of it; a process that is started meanwhile says itself from when on."""
    _let_in(signal.SIG_BLOCK)
    try:
        yield
    finally:
        _let_in(signal.SIG_UNBLOCK)


def _let_in(how: int) -> None:
    if hasattr(signal, "pthread_sigmask"):  # Windows has none
        signal.pthread_sigmask(how, {signal.SIGINT})
