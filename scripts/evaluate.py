"""Measure how well models read, side by side, and leave a report with pictures."""

import sys

from digitpad.ending import end_quietly

if __name__ == "__main__":
    end_quietly()
    from digitpad.measuring.arguments import main

    sys.exit(main([sys.argv[0]]))
