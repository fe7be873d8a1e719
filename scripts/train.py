"""Train a network and leave a model that the digitpad apps can use."""

import sys

from digitpad.training.arguments import main

if __name__ == "__main__":
    sys.exit(main([sys.argv[0]]))
