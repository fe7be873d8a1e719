"""What libraries write to standard error: none of their chatter, all of what is wrong."""

import os
import subprocess
import sys
import threading

import pytest

from digitpad.models.quiet import quiet_stderr


def test_a_reading_writes_nothing_to_standard_error():
    program = "import numpy, digitpad; digitpad.Recognizer().read(numpy.eye(40))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_only_lines_that_are_noise_are_dropped(capfd):
    with quiet_stderr(b"INFO: "):
        os.write(2, b"INFO: ready\nERROR: no room\nINFO: done\nhalf a line")
    os.write(2, b", and the rest\n")
    assert capfd.readouterr().err == "ERROR: no room\nhalf a line, and the rest\n"


def test_without_noise_to_look_for_nothing_is_shown_unless_an_error_comes(capfd):
    with quiet_stderr():
        os.write(2, b"chatter\n")
    assert capfd.readouterr().err == ""
    with pytest.raises(ZeroDivisionError), quiet_stderr(b"INFO: "):
        1 / os.write(2, b"INFO: what led to it\n") / 0
    assert capfd.readouterr().err == "INFO: what led to it\n"


def test_threads_that_are_quiet_at_once_leave_standard_error_as_it_was(capfd):
    def work():
        for _ in range(50):
            with quiet_stderr(b"INFO: "), quiet_stderr(b"INFO: "):
                os.write(2, b"INFO: x\n")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.write(2, b"still heard\n")
    assert capfd.readouterr().err == "still heard\n"


def test_a_program_without_standard_error_opens_a_model():
    program = "import os, sys; sys.stderr = None; os.close(2); import numpy, digitpad\n"
    program += "print(digitpad.Recognizer().read(numpy.eye(40)).verdict)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout
