"""Many visitors at once, who draw: how long each waits for the digit, and what memory the server needs for it.

`scripts/load.py` calls it.
"""

import asyncio
import contextlib
import random
import time
from dataclasses import dataclass, field

import numpy as np
import psutil
from tqdm import tqdm
from websockets.exceptions import WebSocketException

from digitpad.errors import DigitpadError
from digitpad_web.measuring.hand import written
from digitpad_web.measuring.visitor import PATIENCE, SIDE, VisitError, Visitor, to

BAR = "{desc}: {percentage:3.0f}%|{bar}|{postfix}"
TICK = 0.2  # seconds between two looks at the clock
LOOKS = 10  # at the server's memory while they draw, and one before


@dataclass
class Figures:
    """What was measured so far, by all visitors."""

    opened: list[float] = field(default_factory=list)  # seconds until each page was there
    answered: list[float] = field(default_factory=list)  # seconds until each stroke was read
    strokes: int = 0  # sent
    digits: int = 0  # drawn, and looked for in the answer
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)  # seconds, and MB that the server held then
    cpu: float | None = None  # seconds that the server's processor worked meanwhile
    seconds: float = 0.0  # that were drawn


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
        _note_memory(server, figures, 0)
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
                for stroke in written(digit, SIDE, chance):
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
                await visitor.click("Clear")
        except (OSError, WebSocketException, DigitpadError) as error:
            figures.errors.append(_said(error))

    async def _watch(self, server: psutil.Process | None, began: float, figures: Figures) -> None:
        """Show the time, and look at the server's memory now and then."""
        with tqdm(total=self.seconds, desc="Drawing", bar_format=BAR, disable=None) as bar:
            while figures.seconds < self.seconds:
                await asyncio.sleep(min(TICK, self.seconds - figures.seconds))
                figures.seconds = min(time.perf_counter() - began, self.seconds)
                bar.set_postfix_str(
                    f"{self.seconds - figures.seconds:.0f} s left, {len(figures.answered)} read",
                    refresh=False,
                )
                bar.update(figures.seconds - bar.n)
                if figures.seconds >= self.seconds * len(figures.memory) / LOOKS:
                    _note_memory(server, figures, figures.seconds)

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
            "server's memory, MB": {f"{seconds:.1f} s": round(megabytes, 1) for seconds, megabytes in figures.memory},
        }


async def _open(
    address: str, chance: random.Random, connections: contextlib.AsyncExitStack, figures: Figures
) -> "Visitor | None":
    """A visitor whose page is open; none where it can't be opened, and why is noted."""
    began = time.perf_counter()
    try:
        connection = await connections.enter_async_context(to(address))
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


def _note_memory(server: psutil.Process | None, figures: Figures, seconds: float) -> None:
    """What the server and its children hold after so many seconds."""
    if server is None:
        return
    try:
        processes = [server, *server.children(recursive=True)]
        figures.memory.append((seconds, sum(process.memory_info().rss for process in processes) / 1e6))
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
