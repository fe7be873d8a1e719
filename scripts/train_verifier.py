"""Train the small network that tells whether some ink in a row of digits is just one of them."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.training.verifier_command import main

    sys.exit(main(sys.argv[0]))
