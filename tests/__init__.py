"""The tests; a package, so that no library that installs its own under this name is taken for it."""
