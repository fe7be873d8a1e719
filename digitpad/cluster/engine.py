"""Ray, started on this machine or joined."""

import logging
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import ray

from digitpad.errors import ClusterError
from digitpad.sharing import cores

MEMORY = 100_000_000  # bytes that actors share: shards are named in them, pictures never are
PATIENCE = 10.0  # seconds until an address is taken for wrong


@contextmanager
def started(address: str | None) -> Iterator[None]:
    """Ray meanwhile; one that runs in this process already is used, wherever it is, and left running.

    Args:
        address: of a cluster that this machine belongs to, or "auto"; None for a Ray of our own on all cores of this
            machine, without a dashboard.

    Raises:
        ClusterError: no cluster answers there, or Ray can't start.
    """
    own = {"num_cpus": cores(), "include_dashboard": False, "object_store_memory": MEMORY}
    on_end = signal.getsignal(signal.SIGTERM)
    runs_already = ray.is_initialized()
    try:
        _check(address or "")
        if not runs_already:
            ray.init(
                address=address or "local",
                logging_level=logging.ERROR,
                log_to_driver=False,
                **({} if address else own),
            )
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(error).partition("\n")[0].rstrip(".")
        what = f"No Ray cluster answers at {address}" if address else "Ray can't start"
        raise ClusterError(f"{what}: {reason}.") from error
    if runs_already:
        yield
        return
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, on_end or signal.SIG_DFL)  # Ray's own handler aborts
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def hushed() -> Iterator[None]:
    """Meanwhile nothing that Ray prints, by Python or without, comes to the person; `sys.stderr` still does."""
    sys.stdout.flush()
    outputs = [os.dup(number) for number in (1, 2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        with os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace") as ours:
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            with redirect_stderr(ours):
                yield
    finally:
        sys.stdout.flush()
        for number, output in enumerate(outputs, 1):
            os.dup2(output, number)
        for opened in (*outputs, nowhere):
            os.close(opened)


def _check(address: str) -> None:
    """Find out whether anything listens there, for which Ray would wait half an hour.

    Raises:
        OSError: nothing does.
    """
    place = re.fullmatch(r"(?:ray://)?\[?(.+?)\]?:(\d+)", address)
    if place:
        socket.create_connection((place[1], int(place[2])), timeout=PATIENCE).close()
