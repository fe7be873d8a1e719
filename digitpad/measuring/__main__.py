"""What `scripts/evaluate.py` does, wherever digitpad is installed: `python -m digitpad.measuring`."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.measuring.arguments import main

    sys.exit(main(["-m", "digitpad.measuring"]))
