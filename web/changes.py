"""What a click does to the visitor's pad."""

from collections.abc import Callable

from digitpad.pad.pad import Pad
from digitpad_web.canvas import take_strokes
from digitpad_web.visit import the_pad


def change(work: Callable[[Pad], None]) -> Callable[[], None]:
    """A callback that does something to the visitor's pad, after the strokes that were made before the click."""

    def callback() -> None:
        pad = the_pad()
        take_strokes(pad)
        work(pad)

    return callback
