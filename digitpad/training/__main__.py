"""What `scripts/train.py` does, wherever digitpad is installed: `python -m digitpad.training`."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.training.arguments import main

    sys.exit(main(["-m", "digitpad.training"]))
