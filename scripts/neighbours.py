"""Choose the glyphs that ship, to show what a network thinks of and to guard what it knows, and write them."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.errors import DataError
    from digitpad.training.data.examples import save_examples, save_guard

    try:
        save_examples()
        save_guard()
    except (DataError, OSError) as error:
        sys.exit(str(error))
