"""Datasets, networks, fitting, evaluation and export: what a person needs who trains.

TensorFlow is imported in this package alone, and only by the modules that need it.
"""
