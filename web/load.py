"""Many visitors at once, who draw: how long each waits for the digit, and what memory the server needs for it.

A visitor is a real session without a browser: it speaks Streamlit's own protocol, and sends what the page's canvas
would send. The app does not load this module; `scripts/load.py` does.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from tqdm import tqdm
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from digitpad.errors import DigitpadError
from digitpad.files import write_whole

APP = Path(__file__).with_name("app.py")
SIDE, WIDTH = 360, 23.0  # units of the page's canvas, and the pen's width there
POINTS = 6  # of a stroke between two corners; a hand makes about as many
KEPT_RUNS = 2  # of the page, for which a browser keeps what is large; Streamlit's own figure
PATIENCE = 30.0  # seconds until a page that does not answer is given up
BAR = "{desc}: {percentage:3.0f}%|{bar}|{postfix}"
TICK = 0.2  # seconds between two looks at the clock

# Each digit as a person draws it: strokes, each a list of corners in a box of 100 × 100, y downward.
DIGITS = {
    0: [
        [
            *[(50, 9), (40, 12), (31, 21), (26, 34), (24, 50), (26, 66), (32, 79), (40, 88), (50, 91)],
            *[(60, 88), (68, 79), (74, 66), (76, 50), (74, 34), (68, 21), (60, 12), (50, 9)],
        ]
    ],
    1: [[(52, 8), (50, 35), (49, 60), (48, 92)]],
    2: [[(28, 28), (38, 12), (58, 10), (70, 25), (62, 45), (42, 68), (25, 90), (50, 86), (78, 88)]],
    3: [[(28, 15), (50, 8), (70, 18), (66, 36), (48, 46), (70, 56), (74, 76), (54, 92), (26, 84)]],
    4: [[(32, 8), (27, 50), (72, 50)], [(70, 10), (66, 92)]],
    5: [[(72, 10), (34, 10), (30, 44), (56, 40), (74, 58), (68, 82), (46, 92), (24, 84)]],
    6: [[(66, 8), (42, 30), (28, 60), (34, 86), (56, 92), (70, 76), (62, 58), (42, 58), (30, 72)]],
    7: [[(24, 14), (76, 12), (58, 45), (44, 92)]],
    8: [
        [(66, 22), (50, 8), (34, 20), (42, 40), (64, 60), (66, 82), (48, 92), (32, 80), (38, 60), (60, 40), (66, 22)]
    ],
    9: [[(68, 24), (52, 10), (34, 22), (34, 42), (52, 50), (68, 38), (68, 24), (67, 60), (64, 92)]],
}
Points = list[tuple[float, float]]


class VisitError(DigitpadError):
    """A page that did not do what a visitor expects."""


@dataclass
class Answer:
    """What the server sent for one thing that the visitor did."""

    elements: list[tuple[Element, str]] = field(default_factory=list)  # with the fragment that each is in

    @property
    def headings(self) -> list[str]:
        """The page's headings; the digit that was read is one."""
        return [element.heading.body for element, _ in self.elements if element.WhichOneof("type") == "heading"]


@dataclass
class Figures:
    """What was measured so far, by all visitors."""

    opened: list[float] = field(default_factory=list)  # seconds until each page was there
    answered: list[float] = field(default_factory=list)  # seconds until each stroke was read
    strokes: int = 0  # sent
    digits: int = 0  # drawn, and looked for in the answer
    errors: list[str] = field(default_factory=list)
    memory: dict[str, float] = field(
        default_factory=dict
    )  # MB that the server held at start, in the middle, at the end
    cpu: float | None = None  # seconds that the server's processor worked meanwhile
    seconds: float = 0.0  # that were drawn


class Visitor:
    """One session: a page that is open, and a hand that draws on it."""

    def __init__(self, connection: ClientConnection, chance: random.Random) -> None:
        self._connection = connection
        self.chance = chance
        self._runs = 0
        # Large messages, and the run in which each was seen last: a browser keeps them, and has them sent by name.
        self._cached: dict[str, tuple[int, ForwardMsg]] = {}
        self._states: dict[str, WidgetState] = {}
        self._canvas, self._clear, self._fragment = "", "", ""
        self._page = ""
        self._mount = f"{chance.getrandbits(50):x}"
        self._count = 0

    async def open(self) -> None:
        """Load the page."""
        answer = await self._run([], "")
        for element, fragment in answer.elements:
            kind = element.WhichOneof("type")
            if kind == "bidi_component" and not self._canvas:
                self._canvas, self._fragment = element.bidi_component.id, fragment
            elif kind == "button" and element.button.label == "Clear":
                self._clear = element.button.id
        if not self._canvas or not self._clear:
            raise VisitError("The page has no canvas, or no button to clear it.")

    async def draw(self, stroke: Points) -> Answer:
        """Draw a stroke, and wait for all that the page then shows."""
        self._count += 1
        points = [[round(x, 1), round(y, 1)] for x, y in stroke]
        drawn = {"id": self._count, "points": points, "widths": [WIDTH] * len(points), "erases": False}
        value = json.dumps({"strokes": {"mount": self._mount, "strokes": [drawn]}})
        self._states[self._canvas] = WidgetState(id=self._canvas, json_value=value)
        return await self._run([], self._fragment)

    async def clear(self) -> None:
        """Empty the canvas."""
        await self._run([WidgetState(id=self._clear, trigger_value=True)], self._fragment)

    def strokes(self, digit: int) -> list[Points]:
        """A digit as this hand draws it now: a little larger or smaller, here or there."""
        scale = SIDE / 100 * self.chance.uniform(0.75, 1)
        left, top = (self.chance.uniform(0, SIDE - 100 * scale) for _ in range(2))
        return [[(left + x * scale, top + y * scale) for x, y in _hand(corners)] for corners in DIGITS[digit]]

    async def _run(self, clicks: list[WidgetState], fragment: str) -> Answer:
        """Have the server run the page or a part of it, and collect what it sends until it has finished."""
        self._runs += 1
        self._cached = {name: kept for name, kept in self._cached.items() if self._runs - kept[0] <= KEPT_RUNS}
        state = ClientState(
            page_script_hash=self._page, fragment_id=fragment, cached_message_hashes=list(self._cached)
        )
        state.widget_states.widgets.extend([*self._states.values(), *clicks])
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        answer = Answer()
        while True:
            message = ForwardMsg.FromString(await self._receive())
            if message.WhichOneof("type") == "ref_hash":
                message = self._cached[message.ref_hash][1]
            if message.metadata.cacheable:
                self._cached[message.hash] = (self._runs, message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                if element.WhichOneof("type") == "exception":
                    raise VisitError(f"The page shows an error: {element.exception.type}")
                answer.elements.append((element, message.delta.fragment_id))
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise VisitError("The page can't be run.")
                return answer

    async def _receive(self) -> bytes:
        message = await asyncio.wait_for(self._connection.recv(), PATIENCE)
        if isinstance(message, str):
            raise VisitError("The server speaks another protocol.")
        return message


def _hand(corners: list[tuple[int, int]]) -> Points:
    """A line through the corners, with as many points as a hand's."""
    points: Points = []
    for (x, y), (next_x, next_y) in itertools.pairwise(corners):
        points += [(x + (next_x - x) * part / POINTS, y + (next_y - y) * part / POINTS) for part in range(POINTS)]
    return [*points, corners[-1]]


@dataclass
class Load:
    """How many visit, how long and how fast they draw."""

    visitors: int
    seconds: float
    pause: float
    seed: int

    async def put_on(self, address: str, server: psutil.Process | None, figures: Figures) -> None:
        """Let them all visit; what is measured stands in `figures` at any time.

        Raises:
            VisitError: not one page could be opened.
        """
        _note_memory(server, figures, "start")
        chances = [random.Random(f"{self.seed} {number}") for number in range(self.visitors)]  # noqa: S311  # no secret
        async with contextlib.AsyncExitStack() as connections:
            # All pages are open before the first stroke is drawn.
            opened = await asyncio.gather(*(_open(address, chance, connections, figures) for chance in chances))
            visitors = [visitor for visitor in opened if visitor]
            if not visitors:
                raise VisitError(f"No page could be opened at {address}: {figures.errors[0]}")
            began, worked = time.perf_counter(), _cpu(server)
            drawing = [
                asyncio.create_task(self._draw(visitor, began + self.seconds, figures)) for visitor in visitors
            ]
            try:
                await self._watch(server, began, figures)
                await asyncio.gather(*drawing)
                _note_memory(server, figures, "end")  # while all are still there
            finally:
                if worked is not None and (now := _cpu(server)) is not None:
                    figures.cpu = now - worked
                for task in drawing:
                    task.cancel()
                await asyncio.gather(*drawing, return_exceptions=True)

    async def _draw(self, visitor: "Visitor", until: float, figures: Figures) -> None:
        """Draw one digit after the other; a visitor whose page fails leaves."""
        chance = visitor.chance
        try:
            await asyncio.sleep(chance.uniform(0, self.pause))  # people don't begin at the same moment
            while True:
                digit = chance.randrange(10)
                for stroke in visitor.strokes(digit):
                    if time.perf_counter() >= until:
                        return
                    began = time.perf_counter()
                    figures.strokes += 1
                    answer = await visitor.draw(stroke)
                    figures.answered.append(time.perf_counter() - began)
                    await asyncio.sleep(chance.uniform(0.5, 1.5) * self.pause)
                figures.digits += 1
                if str(digit) not in answer.headings:
                    figures.errors.append(
                        f"A {digit} was drawn, and the page says {', '.join(answer.headings) or 'nothing'}"
                    )
                await visitor.clear()
        except (OSError, WebSocketException, DigitpadError) as error:
            figures.errors.append(_said(error))

    async def _watch(self, server: psutil.Process | None, began: float, figures: Figures) -> None:
        """Show the time, and look at the server's memory halfway."""
        with tqdm(total=self.seconds, desc="Drawing", bar_format=BAR, disable=None) as bar:
            while figures.seconds < self.seconds:
                await asyncio.sleep(min(TICK, self.seconds - figures.seconds))
                figures.seconds = min(time.perf_counter() - began, self.seconds)
                bar.set_postfix_str(
                    f"{self.seconds - figures.seconds:.0f} s left, {len(figures.answered)} read",
                    refresh=False,
                )
                bar.update(figures.seconds - bar.n)
                if figures.seconds >= self.seconds / 2 and "middle" not in figures.memory:
                    _note_memory(server, figures, "middle")

    def report(self, figures: Figures) -> dict[str, object]:
        """The figures, for programs."""
        return {
            "visitors": self.visitors,
            "seconds": round(figures.seconds, 1),
            "pause, s": self.pause,
            "seed": self.seed,
            "strokes": figures.strokes,
            "digits": figures.digits,
            "errors": len(figures.errors),
            "what went wrong": sorted(set(figures.errors)),
            "page opened, s": _percentiles(figures.opened),
            "stroke to digit, s": _percentiles(figures.answered),
            "server's CPU, s": {} if figures.cpu is None else {"in all": round(figures.cpu, 2)},
            "server's memory, MB": {when: round(megabytes, 1) for when, megabytes in figures.memory.items()},
        }


async def _open(
    address: str, chance: random.Random, connections: contextlib.AsyncExitStack, figures: Figures
) -> "Visitor | None":
    """A visitor whose page is open; none where it can't be opened, and why is noted."""
    parts = urlsplit(address)
    stream = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/_stcore/stream"
    began = time.perf_counter()
    try:
        connection = await connections.enter_async_context(connect(stream, max_size=None, open_timeout=PATIENCE))
        visitor = Visitor(connection, chance)
        await visitor.open()
    except (OSError, WebSocketException, DigitpadError) as error:
        figures.errors.append(_said(error))
        return None
    figures.opened.append(time.perf_counter() - began)
    return visitor


def _said(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return f"The server did not answer for {PATIENCE:.0f} s"
    return str(error) or type(error).__name__


def _note_memory(server: psutil.Process | None, figures: Figures, when: str) -> None:
    """What the server and its children hold now."""
    if server is None:
        return
    try:
        processes = [server, *server.children(recursive=True)]
        figures.memory[when] = sum(process.memory_info().rss for process in processes) / 1e6
    except psutil.Error:
        figures.errors.append("The server has ended")


def _cpu(server: psutil.Process | None) -> float | None:
    """The seconds that the server's processor has worked; the time that others took from it is not in them."""
    try:
        times = server.cpu_times() if server else None
    except psutil.Error:
        return None
    return times.user + times.system if times else None


def _percentiles(seconds: list[float]) -> dict[str, float]:
    """The middle one and the one that 95 in 100 stay below; nothing where nothing was measured."""
    if not seconds:
        return {}
    middle, high = np.percentile(seconds, [50, 95])
    return {"p50": round(float(middle), 4), "p95": round(float(high), 4), "longest": round(max(seconds), 4)}


@contextlib.contextmanager
def _server() -> Iterator[tuple[str, psutil.Process, Path]]:
    """The app on a free port of this machine: its address, its process and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = {"port": str(port), "address": "127.0.0.1", "headless": "true", "baseUrlPath": ""}
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += [part for name, value in options.items() for part in (f"--server.{name}", value)]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("wb") as output:
            # In a session of its own: Ctrl-C is meant for us, and what was measured is told before the server ends.
            process = subprocess.Popen(  # noqa: S603  # our own app
                command, stdout=output, stderr=output, cwd=APP.parents[1], start_new_session=True
            )
        try:
            _wait_for(address, process, log)
            yield address, psutil.Process(process.pid), log
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
            return
        if process.poll() is not None or time.monotonic() > until:
            raise DigitpadError(f"The server does not start:\n{log.read_text(errors='replace').strip()}")
        time.sleep(TICK)


def _print_table(report: dict[str, object]) -> None:
    for name, value in report.items():
        if isinstance(value, dict):
            shown = (
                ", ".join(
                    f"{part} {figure:,.3f}" if name.endswith(" s") else f"{part} {figure:,.0f}"
                    for part, figure in value.items()
                )
                or "not measured"
            )
        elif isinstance(value, list):
            shown = "; ".join(value) or "nothing"
        else:
            shown = str(value)
        print(f"{name:24}{shown}")


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and measure; the exit status says how it went."""
    parser = argparse.ArgumentParser(
        prog="load.py", description="Let many visitors draw on the web app at once, and measure how long they wait."
    )
    parser.add_argument("--visitors", type=int, default=20, metavar="N", help="how many visit at once (default: 20)")
    parser.add_argument("--seconds", type=float, default=60, metavar="T", help="how long they draw (default: 60)")
    parser.add_argument(
        "--pause",
        type=float,
        default=1.0,
        metavar="S",
        help="seconds from an answer to the next stroke, half as long to half as long again (default: 1.0)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="another one draws other digits (default: 0)"
    )
    parser.add_argument(
        "--address",
        metavar="URL",
        help="a server that runs already, as http://localhost:8501; its memory is not measured (default: one is "
        "started on a free port, and ended afterwards)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="a JSON file for the figures (default: none)")
    asked = parser.parse_args(arguments)
    if asked.visitors < 1 or asked.seconds <= 0 or asked.pause < 0:
        parser.error("--visitors must be at least 1, --seconds more than 0 and --pause at least 0")
    if asked.address and urlsplit(asked.address).scheme not in ("http", "https"):
        parser.error(f"--address must begin with http:// or https://, not {asked.address}")
    try:
        return _measure(Load(asked.visitors, asked.seconds, asked.pause, asked.seed), asked.address, asked.out)
    except (DigitpadError, OSError) as error:
        print(f"load.py: {error}", file=sys.stderr)
        return 1


def _measure(load: Load, address: str | None, out: Path | None) -> int:
    """Measure, print and write; 1 where something went wrong, 130 after Ctrl-C."""
    if out:
        _write(out, "")  # a file that can't be written is to be known before the measuring, not after
    figures, status = Figures(), 0
    try:
        if address:
            asyncio.run(load.put_on(address, None, figures))
        else:
            with _server() as (own, process, log):
                asyncio.run(load.put_on(own, process, figures))
                if "Traceback" in (text := log.read_text(errors="replace")):
                    figures.errors.append(f"The server's log: {text.strip().splitlines()[-1]}")
    except KeyboardInterrupt:
        print("\nStopped; this was measured so far.", file=sys.stderr)
        status = 130
    report = load.report(figures)
    _print_table(report)
    if out:
        _write(out, json.dumps(report, indent=2) + "\n")
        print(f"\nWritten to {out}")
    return status or (1 if figures.errors else 0)


def _write(out: Path, text: str) -> None:
    try:
        write_whole(out, text)
    except OSError as error:
        raise DigitpadError(f"{out} can't be written: {error.strerror}. Name another file with --out.") from error
