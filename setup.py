"""Which packages there are; all else about the project stands in `pyproject.toml`."""

from setuptools import find_packages, setup

# `desktop` and `web` are too common names for site-packages, so they are installed under the project's own.
FOLDERS = {"digitpad": "digitpad", "digitpad_desktop": "desktop", "digitpad_web": "web"}

setup(
    package_dir=FOLDERS,
    packages=[
        package
        for name, folder in FOLDERS.items()
        for package in (name, *(f"{name}.{below}" for below in find_packages(folder)))
    ],
)
