"""Measure how far the maps of why can be believed, and draw the picture in `docs/why.md`."""

import sys
from pathlib import Path

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.errors import DataError
    from digitpad.measuring.why import measure

    try:
        measure(Path(__file__).parents[1] / "docs" / "why.png")
    except (DataError, OSError) as error:
        sys.exit(str(error))
