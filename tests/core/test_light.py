"""Reading stays light: no TensorFlow, no screen, no plots; of an array or a plain PNG not even PIL."""

import subprocess
import sys

PROGRAM = """
import sys
import cv2, numpy as np
from digitpad import Recognizer
picture = np.full((280, 280), 255, np.uint8)
picture[60:220, 130:150] = 0
assert Recognizer().read(picture).digit == 1
cv2.imwrite(sys.argv[1], picture)
assert Recognizer().read(sys.argv[1]).digit == 1
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_reading_loads_no_tensorflow_no_screen_no_plots_and_for_an_array_or_a_plain_png_no_pil(tmp_path):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "one.png")]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "digitpad" in loaded
    heavy = {"tensorflow", "keras", "matplotlib", "streamlit", "PySide6", "pooch", "requests", "PIL", "onnx"}
    assert not heavy & set(loaded)


def test_the_public_names_are_listed_once():
    import digitpad

    assert all(hasattr(digitpad, name) for name in digitpad.__all__)
    assert set(digitpad.__all__) <= set(dir(digitpad))
    assert not hasattr(digitpad, "Recogniser")
    assert {"Recognizer", "Reading", "Verdict"} <= set(digitpad.__all__)
