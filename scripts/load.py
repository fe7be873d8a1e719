"""Let many visitors draw on the web app at once, and measure how long they wait and what memory it takes."""

import sys

try:
    from digitpad_web.measuring.load import main
except ModuleNotFoundError as error:
    sys.exit(
        f"load.py: {error.name} is not installed, and this script needs it. Install it with: "
        "pip install -c constraints.txt -e '.[web,dev]'"
    )

if __name__ == "__main__":
    sys.exit(main())
