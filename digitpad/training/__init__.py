"""Datasets, networks, fitting, evaluation and export: what a person needs who trains.

TensorFlow is imported in this package alone, and only by the modules that need it.
"""

import os

# What TensorFlow's C++ parts log once they have read their settings, which is when it is imported. What they write
# before that, `quiet_stderr` holds back.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
