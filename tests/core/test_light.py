"""Reading stays light: no TensorFlow, no screen, no plots; of an array not even what decodes files."""

import subprocess
import sys

PROGRAM = """
import sys
import numpy as np
from digitpad import Recognizer
picture = np.full((280, 280), 255, np.uint8)
picture[60:220, 130:150] = 0
assert Recognizer().read(picture).digit == 1
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_reading_an_array_imports_neither_tensorflow_nor_a_screen_nor_plots_nor_decoders():
    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "digitpad" in loaded
    assert not {"tensorflow", "keras", "matplotlib", "streamlit", "PySide6", "pooch", "requests", "PIL"} & set(loaded)


def test_the_public_names_are_listed_once():
    import digitpad

    assert all(hasattr(digitpad, name) for name in digitpad.__all__)
    assert {"Recognizer", "Reading", "Verdict"} <= set(digitpad.__all__)
