"""The models that ship, exported; a browser; and the runtime of ONNX for it, which npm brings."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad.exporting.export import export
from digitpad.exporting.formats import FORMATS
from digitpad.models import catalogue
from digitpad.models.model import Model

from ..web.conftest import browser_type_launch_args  # noqa: F401 - a fixture, by which the system's browser is found


@pytest.fixture(scope="session")
def hands() -> Model:
    return Model(catalogue.SHIPPED / "hands")


@pytest.fixture(scope="session")
def glyphs(mnist) -> np.ndarray:
    """Digits that are not among those by which an export is checked, noise, and a glyph that is no digit."""
    noise = np.random.default_rng(1).integers(0, 256, (9, 28, 28), np.uint8)
    bar = np.zeros((1, 28, 28), np.uint8)
    bar[:, 4:24, ::3] = 255
    return np.concatenate([mnist.test.glyphs[-190:], noise, bar])


@pytest.fixture(scope="session")
def exports(hands, mnist, tmp_path_factory) -> dict[str, tuple[Path, dict]]:
    """The folder and the card of `hands` in each format."""
    place = tmp_path_factory.mktemp("exports")
    return {
        form: (place / f"hands-{form}", export(hands, form, place / f"hands-{form}", check=True, data=mnist.source))
        for form in FORMATS
    }


@pytest.fixture(scope="session")
def onnxruntime_web() -> Path:
    """The folder that has its files; `make test` puts them there."""
    found = sorted(Path(sys.prefix).glob("onnxruntime-web-*"))
    if not found:
        if os.environ.get("CI"):
            pytest.fail("onnxruntime-web is missing")
        pytest.skip("needs onnxruntime-web: sh tests/onnxruntime-web.sh brings it")
    return found[-1]
