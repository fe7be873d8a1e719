"""Pictures sent to `digitpad serve` by real clients: how many a second, how long each waits, what the server spends.

`scripts/load_api.py` calls it.
"""

import contextlib
import http.client
import itertools
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import psutil

from digitpad import Recognizer
from digitpad.errors import DigitpadError

LOOPBACK = "127.0.0.1"
START = "import sys; from digitpad.command.main import main; sys.exit(main())"
PATIENCE = 60.0  # seconds until a server that does not start, or an answer that does not come, is given up
TICK = 0.05  # seconds between two looks
CANVAS = 280  # pixels, the side of what is sent
WARM = 50  # requests that nobody counts
ALONE = 640  # pictures that are read without a server


@dataclass
class Sent:
    """What came of some requests.

    Attributes:
        waited: seconds until each was answered, from when it was due.
        errors: what went wrong.
        seconds: that it took in all.
        cpu: seconds that the server's processor worked meanwhile.
    """

    waited: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of the server's processor for each request."""
        return 1000 * self.cpu / max(1, len(self.waited))


def measure(rate: float, seconds: float, connections: int, workers: int) -> dict[str, object]:
    """Start a server, send it canvases as fast as it answers, then at a rate, and read the same without it.

    Args:
        rate: requests a second.
        seconds: of each part.
        connections: that are open at once.
        workers: processes of the server.

    Raises:
        DigitpadError: the server does not start, or answers nothing.
    """
    picture = _canvas()
    with _served(workers) as (port, server):
        load = _Load(port, server, picture, connections)
        load.send(0, itertools.repeat(0.0, WARM))
        before = _alone(picture)
        fast = load.send(seconds, itertools.repeat(0.0))
        alone = (before + _alone(picture)) / 2  # others may be at work on this machine, and not all the time
        steady = load.send(seconds, (place / rate for place in range(int(rate * seconds))))
    errors = fast.errors + steady.errors
    if not fast.waited or not steady.waited:
        raise DigitpadError(f"The server answered nothing: {errors[0] if errors else 'in time'}.")
    return {
        "workers": workers,
        "connections": connections,
        "errors": len(errors),
        "what went wrong": sorted(set(errors)),
        "as fast as it answers": {
            "requests a second": round(len(fast.waited) / fast.seconds, 1),
            "requests a second of its processor": round(1000 / fast.each, 1),
            "ms of its processor for each": round(fast.each, 3),
            "ms of a processor to read each alone": round(alone, 3),
            "ratio": round(fast.each / alone, 2),
        },
        f"at {rate:g} a second": {
            "requests a second": round(len(steady.waited) / steady.seconds, 1),
            **{f"{name}, ms": round(1000 * float(value), 1) for name, value in _percentiles(steady.waited).items()},
        },
    }


class _Load:
    """Clients, each with a connection of its own that stays open, as a program's are."""

    def __init__(self, port: int, server: psutil.Process, picture: bytes, connections: int) -> None:
        self._port, self._server, self._picture, self._connections = port, server, picture, connections
        self._taking = threading.Lock()

    def send(self, seconds: float, due: Iterator[float]) -> Sent:
        """Send requests.

        Args:
            seconds: after which none is sent any more; 0 for all that are due.
            due: when each is, in seconds from the beginning; what is due already goes out as soon as somebody can.
        """
        sent, worked, began = Sent(), _cpu(self._server), time.perf_counter()
        clients = [
            threading.Thread(target=self._ask, args=(began, seconds, due, sent)) for _ in range(self._connections)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        sent.seconds, sent.cpu = time.perf_counter() - began, _cpu(self._server) - worked
        return sent

    def _ask(self, began: float, seconds: float, due: Iterator[float], sent: Sent) -> None:
        connection = http.client.HTTPConnection(LOOPBACK, self._port, timeout=PATIENCE)
        while True:
            with self._taking:
                at = next(due, None)
            now = time.perf_counter() - began
            if at is None or (seconds and now >= seconds):
                return
            if at > now:
                time.sleep(at - now)
            since = began + (at or now)
            try:
                connection.request("POST", "/v1/read", self._picture, {"Content-Type": "image/png"})
                answer = connection.getresponse()
                said = answer.read()
            except (OSError, http.client.HTTPException) as error:
                sent.errors.append(str(error) or type(error).__name__)
                return
            sent.waited.append(time.perf_counter() - since)
            if answer.status != http.client.OK or b'"digit":7' not in said:
                sent.errors.append(f"{answer.status}: {said[:200].decode(errors='replace')}")


@contextlib.contextmanager
def _served(workers: int) -> Iterator[tuple[int, psutil.Popen]]:
    """`digitpad serve` on a free port, and its process."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-P", "-c", START, "serve", "--port", str(port), "--workers", str(workers)]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as output:
            # In a session of its own: Ctrl-C is meant for us.
            server = psutil.Popen(command, stdout=output, stderr=output, cwd=folder, start_new_session=True)
        try:
            _wait_for(port, server, log)
            yield port, server
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait_for(port: int, server: psutil.Popen, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _is_ready(port):
        if server.poll() is not None or time.monotonic() > until:
            raise DigitpadError(f"The server does not start:\n{log.read_text(errors='replace').strip()}")
        time.sleep(TICK)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == http.client.OK
    return False


def _cpu(server: psutil.Process) -> float:
    """The seconds that a server's processor has worked, in all its processes."""
    times = [process.cpu_times() for process in (server, *server.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def _alone(picture: bytes) -> float:
    """Milliseconds of this process's processor to read such a picture without a server, many in a row."""
    recognizer = Recognizer()
    list(recognizer.read_many([picture] * WARM))
    began = time.process_time()
    list(recognizer.read_many([picture] * ALONE))
    return 1000 * (time.process_time() - began) / ALONE


def _canvas() -> bytes:
    """A PNG file of a 7, as a canvas gives it."""
    paper = np.full((CANVAS, CANVAS), 255, np.uint8)
    corners = np.array([[70, 60], [205, 60], [130, 230]], np.int32)
    cv2.polylines(paper, [corners], isClosed=False, color=0, thickness=18, lineType=cv2.LINE_AA)
    return cv2.imencode(".png", paper)[1].tobytes()


def _percentiles(seconds: list[float]) -> dict[str, float]:
    return {
        "p50": float(np.percentile(seconds, 50)),
        "p95": float(np.percentile(seconds, 95)),
        "longest": max(seconds),
    }
