"""Anything readable becomes one kind of array."""
