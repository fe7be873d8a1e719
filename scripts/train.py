"""Train a network and leave a model that the digitpad apps can use."""

import signal
import sys

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until the imports are done: an end without a traceback

from digitpad.training.arguments import main

if __name__ == "__main__":
    sys.exit(main([sys.argv[0]]))
