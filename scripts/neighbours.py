"""Choose the digits that ship to show what a network thinks of, from MNIST and the pen strokes, and write them."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.errors import DataError
    from digitpad.training.data.examples import save_examples

    try:
        save_examples()
    except (DataError, OSError) as error:
        sys.exit(str(error))
