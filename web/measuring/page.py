"""Measures a page as its first visitor meets it, for `scripts/benchmark.py --web`.

`python -m digitpad_web.measuring.page PAGE`: PAGE is a Streamlit script with a button "Predict" that shows a digit
as a heading; where it is empty, the app's own. Prints one line of JSON.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from pathlib import Path

from digitpad_web.measuring.hand import written
from digitpad_web.measuring.server import served
from digitpad_web.measuring.visitor import SIDE, VisitError, Visitor, to

DIGIT = 7
TIMES = 11  # that "Predict" is pressed


async def measure(page: Path | None) -> dict[str, float]:
    """Seconds until the page of a server that has just started is there, and from "Predict" to the digit; memory.

    Raises:
        DigitpadError: the page can't be opened, or shows no digit.
    """
    with served(page) as (address, process, _):
        async with to(address) as connection:
            chance = random.Random(1)  # noqa: S311  # no secret
            visitor = Visitor(connection, chance)
            began = time.perf_counter()
            await visitor.open()
            opened = time.perf_counter() - began
            if visitor.has_canvas:
                await visitor.switch("Live", on=False)
                for stroke in written(DIGIT, SIDE, chance):
                    await visitor.draw(stroke)
            waits = []
            for _ in range(TIMES):
                began = time.perf_counter()
                answer = await visitor.click("Predict")
                waits.append(time.perf_counter() - began)
                if not any(heading.isdigit() for heading in answer.headings):
                    raise VisitError("The page shows no digit.")
            return {
                "opened": opened,
                "predicted": statistics.median(waits),
                "megabytes": process.memory_info().rss / 1e6,
            }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1]) if sys.argv[1] else None))), flush=True)
    sys.stdin.read()  # as every program that is measured does
