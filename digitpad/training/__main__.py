"""What `scripts/train.py` does, wherever digitpad is installed: `python -m digitpad.training`."""

import sys

from digitpad.training.arguments import main

if __name__ == "__main__":
    sys.exit(main(["-m", "digitpad.training"]))
