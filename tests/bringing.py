"""Bringing pictures to the web app, without a browser and in one, and what its page then says."""

import io

import numpy as np
from browsing import chooser
from PIL import Image
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def content(picture: np.ndarray | Image.Image, kind: str = "PNG", **options) -> bytes:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def bring(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Put these files, and no others, into the page."""
    app.file_uploader[0].set_value([(name, data, "image/png") for name, data in files]).run()
    assert not app.exception
    return app


def column(app: AppTest, heading: str) -> list[str]:
    return list(app.dataframe[0].value[heading])


def texts(app: AppTest) -> list[str]:
    return [text.value for text in app.text]


def reads(app: AppTest, digit: int) -> bool:
    """Whether the page shows a single picture's whole reading, and it is this digit."""
    return [title.value for title in app.title] == [str(digit)] and not app.dataframe


def open_pictures(page: Page, address: str) -> None:
    """Open the page for pictures in a browser."""
    page.goto(f"{address}/pictures")
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    chooser(page).set_input_files([{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files])
