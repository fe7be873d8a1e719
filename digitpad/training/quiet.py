"""TensorFlow without the log that its C++ parts write whatever they are told."""

import os

from digitpad.models.quiet import quiet_stderr

__all__ = ["quiet_stderr"]

# What TensorFlow logs once it has read its settings; it looks at this when it is imported.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
