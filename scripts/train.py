"""Train a network and leave a model that the digitpad apps can use."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.training.arguments import main

    sys.exit(main([sys.argv[0]]))
