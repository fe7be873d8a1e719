"""The page for pictures: what is brought in is read, or refused with a sentence, and the server goes on."""

import base64
import csv
import io
import re

import numpy as np
import pillow_heif
import pytest
from browsing import button, canvas, choose_tool, chooser, digit, draw_stroke, expect_ink, go_to, stand_still
from conftest import STROKES, draw
from PIL import Image
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from digitpad import Recognizer
from digitpad.pad.results import DOUBTFUL
from digitpad.pictures.arrays import MOST_PIXELS
from digitpad_web import batch
from digitpad_web.batch import AT_ONCE
from digitpad_web.holding import MOST_FILES, MOST_MEGABYTES

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HOSTILE = "_a_ *b* <b>c<b> :red[d] `e`.png"


def content(picture: np.ndarray | Image.Image, kind: str = "PNG", **options) -> bytes:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def transparent(digit: int) -> Image.Image:
    image = Image.new("LA", (280, 280))
    image.putalpha(Image.fromarray(255 - draw(digit)))
    return image


def bomb() -> bytes:
    return content(Image.new("1", (20_000, 20_000)))  # some kilobytes, 400 million pixels


def script() -> None:
    from digitpad_web import pictures

    pictures.page()


@pytest.fixture
def app() -> AppTest:
    """The page as a visitor first sees it."""
    return AppTest.from_function(script, default_timeout=120).run()


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


@pytest.fixture
def counted(monkeypatch) -> list[int]:
    """Grows by one with every picture that is read."""
    read, real = [], Recognizer.read_many

    def counting(self, pictures):
        for outcome in real(self, pictures):
            read.append(1)
            yield outcome

    monkeypatch.setattr(Recognizer, "read_many", counting)
    return read


def test_the_empty_page_says_what_to_do_and_what_the_limits_are(app):
    assert not app.exception
    assert "Choose pictures of one handwritten digit each" in app.info[0].value
    assert f"Up to {MOST_FILES} at once, at most {MOST_MEGABYTES}\N{NO-BREAK SPACE}MB each" in app.info[0].value
    assert not app.dataframe
    assert not app.camera_input


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_one_picture_of_any_common_kind_is_read_and_shown_whole(app, kind):
    assert reads(bring(app, (f"seven.{kind.lower()}", content(draw(7), kind))), 7)
    assert texts(app) == [f"seven.{kind.lower()}"]


def test_a_photo_held_sideways_is_read_upright(app):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    sideways = Image.fromarray(draw(7)).rotate(90, expand=True)
    assert reads(bring(app, ("photo.jpg", content(sideways, "JPEG", exif=exif))), 7)


def test_of_several_pages_it_is_told_that_the_first_was_read(app):
    first, second = (Image.fromarray(draw(digit)) for digit in (7, 4))
    pages = content(first, "TIFF", save_all=True, append_images=[second])
    assert reads(bring(app, ("pages.tiff", pages)), 7)
    assert "The first of its 2 pages was read." in texts(app)


def test_a_transparent_picture_is_read(app):
    assert reads(bring(app, ("two.png", content(transparent(2)))), 2)


def test_an_iphones_photo_is_read(app):
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(draw(7)).convert("RGB")).save(file)
    assert reads(bring(app, ("IMG_0001.HEIC", file.getvalue())), 7)


def test_an_empty_picture_is_said_to_be_empty(app):
    bring(app, ("blank.png", content(Image.new("L", (90, 90), 255))))
    assert app.info[0].value == "Nothing is drawn on it."
    assert not app.title


def test_many_are_read_in_their_order_and_what_cannot_be_is_named(app):
    good = [(f"{digit}.png", content(draw(digit))) for digit in (3, 1, 4)]
    broken = ("broken.png", content(draw(1))[:200])
    bring(app, good[0], broken, good[1], ("lie.png", SVG), good[2])
    assert app.dataframe[0].value.columns.tolist() == ["Seen", "File", "Digit", "In words", "Confidence"]
    assert column(app, "File") == ["3.png", "broken.png", "1.png", "lie.png", "4.png"]
    assert column(app, "Digit") == ["3", "", "1", "", "4"]
    assert column(app, "In words")[0] == "Looks like a 3"
    assert [share > 0 for share in column(app, "Confidence")] == [True, False, True, False, True]
    assert app.markdown[0].value == "**3 digits, 2 could not be read**"
    assert [text.split(" is ")[0] for text in texts(app)] == ["The file broken.png", "The file lie.png"]


def test_the_table_shows_what_the_network_saw(app):
    bring(app, ("3.png", content(draw(3))), ("lie.png", SVG))
    seen, nothing = column(app, "Seen")
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(seen.removeprefix("data:image/png;base64,")))))
    np.testing.assert_array_equal(shown[::2, ::2], Recognizer().read(draw(3)).glyph)
    assert nothing == ""


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("half.png", content(draw(1))[:200], "The file half.png is damaged or cut off"),
        ("lie.png", SVG, "The file lie.png is no picture that digitpad can read"),
        ("nothing.png", b"", "The file nothing.png is empty (0 bytes). Get another copy of it."),
        (
            "bomb.png",
            bomb(),
            f"The file bomb.png is too large: at most {MOST_PIXELS // 10**6} million pixels are read.",
        ),
        ("huge.bmp", bytes(MOST_MEGABYTES * 2**20 + 1), f"The file huge.bmp is larger than {MOST_MEGABYTES} MB."),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence_and_the_next_is_read(app, name, data, says):
    bring(app, (name, data))
    assert app.error
    assert texts(app)[0].startswith(says)
    assert texts(app)[0].endswith(".")
    assert reads(bring(app, ("seven.png", content(draw(7)))), 7)


@pytest.mark.parametrize("name", ["../../etc/passwd.png", "/etc/passwd", "/dev/zero"])
def test_a_name_like_a_path_is_a_name_alone(app, name):
    assert reads(bring(app, (name, content(draw(7)))), 7)
    assert texts(app) == [name.rpartition("/")[2]]
    bring(app, (name, SVG))
    assert texts(app)[0].startswith(f"The file {name.rpartition('/')[2]} is no picture")


def test_a_name_is_never_taken_for_markup(app):
    bring(app, (HOSTILE, content(draw(7))))
    assert texts(app) == [HOSTILE]
    bring(app, (HOSTILE, SVG))
    marked = [*app.markdown, *app.error, *app.info, *app.caption, *app.warning]
    assert not [element for element in marked if "*b*" in element.value]


def test_very_many_are_read_in_turns_the_first_ones_first_and_those_that_wait_are_named(app):
    names = [f"{number}.png" for number in range(2 * AT_ONCE + 1)]
    bring(app, *[(name, content(draw(5, side=60, pen=5))) for name in names])
    assert app.markdown[0].value == "**These are 401 pictures. The first 200 are read.**"
    assert column(app, "File") == names[:AT_ONCE]
    assert app.markdown[1].value == "**200 digits**"
    assert texts(app)[0].split("\n") == names[AT_ONCE:]
    next_ones(app).click().run()
    assert column(app, "File") == names[: 2 * AT_ONCE]
    assert texts(app) == [names[-1]]
    next_ones(app).click().run()
    assert column(app, "File") == names
    assert app.markdown[0].value == "**401 digits**"
    assert not next_ones(app)
    bring(app, *[(name, content(draw(3, side=60, pen=5))) for name in names])
    assert column(app, "Digit") == ["3"] * AT_ONCE  # of others it is the first ones again


def next_ones(app):
    """The button that reads more, if there is one."""
    return next((button for button in app.button if button.label.startswith("Read the next")), None)


def test_the_table_is_filtered_to_what_needs_a_look(app):
    star = draw(0, strokes={0: [[(50, 8), (76, 90), (8, 38), (92, 38), (24, 90), (50, 8)]]})
    fine, blank = ("3.png", content(draw(3))), ("blank.png", content(Image.new("L", (90, 90), 255)))
    bring(app, fine, blank, ("star.png", content(star)), ("lie.png", SVG), ("4.png", content(draw(4))))
    choice = app.button_group[-1]
    assert choice.options == ["All 5", "Needs a look: 3"]
    choice.set_value(DOUBTFUL).run()
    assert column(app, "File") == ["blank.png", "star.png", "lie.png"]
    bring(app, fine, ("4.png", content(draw(4))))
    assert "none is in doubt" in app.info[0].value
    assert not app.dataframe


def test_no_confidence_is_shown_as_certainty_and_what_has_none_has_no_number(app):
    bring(app, ("7.png", content(draw(7))), ("lie.png", SVG))
    first, second = column(app, "Confidence")
    assert 50 < first <= 99.9
    assert second is None or np.isnan(second)


def test_what_was_read_is_not_read_again(app, counted):
    files = [("3.png", content(draw(3))), ("4.png", content(draw(4)))]
    bring(app, *files)
    assert len(counted) == 2
    for _ in range(3):
        app.run()
    assert column(app, "Digit") == ["3", "4"]
    assert len(counted) == 2


def test_what_is_taken_away_is_forgotten(app):
    bring(app, ("3.png", content(draw(3))), ("4.png", content(draw(4))))
    assert len(app.session_state.kept.results) == 2
    app.file_uploader[0].clear().run()
    assert not app.exception
    assert app.session_state.kept.results == {}
    assert "Choose pictures" in app.info[0].value


def test_what_takes_long_says_how_far_it_is(app, monkeypatch):
    told = []
    monkeypatch.setattr(batch, "PATIENCE", 0.0)
    real = batch.st.delta_generator.DeltaGenerator.progress
    monkeypatch.setattr(
        batch.st.delta_generator.DeltaGenerator,
        "progress",
        lambda self, share, text: (told.append(text), real(self, share, text))[1],
    )
    bring(app, *[(f"{number}.png", content(draw(5))) for number in range(3)])
    assert told[-1] == "3 of 3 read"


def test_the_camera_is_asked_for_only_by_who_wants_it(app):
    app.button_group[0].set_value("Camera").run()
    assert not app.exception
    assert not app.file_uploader
    assert "switches to the one at its back" in app.info[0].value
    app.camera_input[0].upload("photo.jpg", content(draw(7), "JPEG")).run()
    assert reads(app, 7)


def test_what_is_pasted_is_read_and_stays_until_it_is_forgotten(app):
    app.button_group[0].set_value("Clipboard").run()
    assert "Ctrl+V" in app.info[0].value
    app.chat_input[0].upload("image.png", content(draw(7)), "image/png").run()
    assert reads(app, 7)
    app.run()
    assert reads(app, 7)
    app.button_group[0].set_value("Files").run()
    assert reads(app, 7)
    [forget] = [button for button in app.button if button.label == "Forget these pictures"]
    forget.click().run()
    assert "Choose pictures" in app.info[0].value


@pytest.fixture
def pictures(page: Page, address: str) -> Page:
    """The page in a browser."""
    page.goto(f"{address}/pictures")
    expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
    return page


def upload(page: Page, *files: tuple[str, bytes]) -> None:
    chooser(page).set_input_files([{"name": name, "mimeType": "image/png", "buffer": data} for name, data in files])


def test_a_chosen_picture_is_read_in_the_browser_and_put_on_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(pictures).not_to_have_url(re.compile("pictures"))
    expect(digit(pictures)).to_have_text("7")


def test_a_picture_on_the_pad_outlives_a_reload(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_be_visible()
    for _ in range(2):
        expect(digit(pictures)).to_have_text("7", timeout=30_000)
        expect_ink(pictures, lambda ink: ink > 1000)
        pictures.reload()
        expect(canvas(pictures)).to_be_visible(timeout=30_000)
    button(pictures, "Undo").click()
    expect(pictures.get_by_text("Draw a digit from 0 to 9.")).to_be_visible()
    expect_ink(pictures, lambda ink: ink == 0)
    expect(button(pictures, "Undo")).to_be_disabled()


def test_what_is_put_on_the_pad_after_a_reload_is_not_drawn_over_by_what_was_there_before(pictures):
    go_to(pictures, "Draw")
    expect(canvas(pictures)).to_be_visible()
    stand_still(pictures)
    draw_stroke(pictures, STROKES[1][0])
    expect(digit(pictures)).to_have_text("1")
    go_to(pictures, "Pictures")
    expect(pictures.get_by_test_id("stFileUploader")).to_be_visible()
    pictures.reload()
    expect(pictures.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_be_visible()
    expect(digit(pictures)).to_have_text("7")
    choose_tool(pictures, "Eraser")  # the page has answered by now
    expect(digit(pictures)).to_have_text("7")


def test_pictures_are_still_there_after_one_was_put_on_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))), ("two.png", content(draw(2))))
    expect(pictures.get_by_text("2 digits")).to_be_visible()
    go_to(pictures, "Draw")
    expect(canvas(pictures)).to_be_visible()
    go_to(pictures, "Pictures")
    expect(pictures.get_by_text("2 digits")).to_be_visible()
    pictures.get_by_role("button", name="Forget these pictures").click()
    expect(pictures.get_by_text("Choose pictures of one handwritten digit each")).to_be_visible()


def test_the_eraser_does_not_take_a_picture_off_the_pad(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    pictures.get_by_role("button", name="Put on the pad").click()
    expect(canvas(pictures)).to_have_attribute("data-tool", "pen")  # the page is there, and its tools with it
    stand_still(pictures)
    choose_tool(pictures, "Eraser")
    stand_still(pictures)
    draw_stroke(pictures, [(10, 10), (80, 80)])
    choose_tool(pictures, "Pen")
    draw_stroke(pictures, STROKES[1][0])
    expect(digit(pictures)).to_have_text("1")
    button(pictures, "Undo").click()
    expect(digit(pictures)).to_have_text("7")
    expect_ink(pictures, lambda ink: ink > 1000)


def test_the_csv_is_the_desktops_and_holds_no_formula(pictures):
    upload(pictures, ("=1+1.png", content(draw(7))), ("lie.png", SVG))
    with pictures.expect_download() as download:
        pictures.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "digits.csv"
    with download.value.path().open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first) == ["file", "digit", "verdict", "confidence", "likeliest", "error", "note"]
    assert (first["file"], first["digit"], first["verdict"], first["error"]) == ("'=1+1.png", "7", "digit", "")
    assert 0.5 < float(first["confidence"]) <= 1
    assert second["error"].startswith("The file lie.png is no picture")


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (360, 640), (1920, 1080)])
def test_the_whole_reading_of_a_single_picture_is_in_sight_at_once(pictures, width, height):
    pictures.set_viewport_size({"width": width, "height": height})
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    stand_still(pictures, pictures.locator(".bars"))
    for part in (digit(pictures), pictures.get_by_text("Looks like a 7"), pictures.locator(".bars")):
        expect(part).to_be_in_viewport(ratio=1)
    picture = pictures.get_by_alt_text("seven.png").bounding_box()
    assert picture["width"] == pytest.approx(picture["height"], abs=2)
    assert picture["height"] > height / 3
    assert pictures.evaluate("document.documentElement.scrollWidth") <= width


def table_of(page: Page, *names: str):
    """The table, once it has these files and stands still."""
    table = page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible(timeout=30_000)
    for name in names:
        expect(table.locator("[role=gridcell]").filter(has_text=re.compile(f"^{name}$"))).to_be_attached(
            timeout=30_000
        )
    stand_still(page, table)
    return table


def tick(table, row: int) -> None:
    """Tick a row of the table, counted from 0: under the head, 64 pixels each."""
    table.click(position={"x": 16, "y": 40 + 64 * row + 32})


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (360, 640)])
def test_the_whole_reading_of_a_row_that_is_ticked_is_in_sight_at_once(pictures, width, height):
    pictures.set_viewport_size({"width": width, "height": height})
    upload(pictures, *[(f"picture {number}.png", content(draw(number))) for number in (7, 3, 5, 4, 9, 1)])
    table = table_of(pictures, "picture 3.png")
    tick(table, 1)
    expect(digit(pictures)).to_have_text("3", timeout=30_000)
    seen = pictures.get_by_alt_text("What was read")
    said = pictures.locator(".st-key-digit").get_by_text("Looks like a 3")
    for part in (digit(pictures), said, pictures.locator(".bars"), seen):
        expect(part).to_be_in_viewport(ratio=1)
    expect(button(pictures, "Put on the pad")).to_be_in_viewport(ratio=1)
    button(pictures, "Close").click()
    expect(digit(pictures)).to_have_count(0)
    expect(button(pictures, "Close")).to_have_count(0)


def test_a_row_is_the_right_one_also_where_the_table_is_filtered_and_sorted(pictures):
    upload(pictures, ("seven.png", content(draw(7))), ("lie.png", SVG), ("three.png", content(draw(3))))
    table = table_of(pictures, "three.png")
    table.click(position={"x": 250, "y": 20})  # the head of the files' names
    expect(table.get_by_test_id("glide-cell-2-0")).to_have_text("lie.png")
    tick(table, 0)
    expect(pictures.get_by_text("This can't be read")).to_be_visible()
    pictures.get_by_role("radio", name="Needs a look").click()
    expect(pictures.get_by_text("This can't be read")).to_have_count(0)
    table = table_of(pictures, "lie.png")
    expect(table.locator("[role=gridcell]").filter(has_text="three.png")).to_have_count(0)
    tick(table, 0)
    expect(pictures.get_by_text("This can't be read")).to_be_visible()


# Counts how often something is on the page at the same time; kept until the page is left.
MOST_AT_ONCE = """selector => {
    const count = () => (window.most = Math.max(window.most ?? 0, document.querySelectorAll(selector).length));
    new MutationObserver(count).observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


def test_what_gives_way_to_something_else_never_stands_beside_it(pictures):
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    for name in ("Draw", "Pictures"):
        go_to(pictures, name)
    expect(button(pictures, "Forget these pictures")).to_be_visible()
    pictures.evaluate(MOST_AT_ONCE, ".st-key-digit h1")
    upload(pictures, ("three.png", content(draw(3))))
    expect(digit(pictures).first).to_have_text("3")
    assert pictures.evaluate("window.most") == 1


def test_a_picture_is_pasted_with_the_keyboard(pictures):
    pictures.get_by_text("Clipboard").click()
    line = pictures.get_by_test_id("stChatInputTextArea")
    expect(line).to_be_visible()
    with pictures.expect_response(lambda response: response.request.method == "PUT"):  # Enter does nothing before
        line.evaluate(
            """(line, data) => {
                const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
                const held = new DataTransfer();
                held.items.add(new File([bytes], "image.png", {type: "image/png"}));
                const paste = {clipboardData: held, bubbles: true, cancelable: true};
                line.dispatchEvent(new ClipboardEvent("paste", paste));
            }""",
            base64.b64encode(content(draw(4))).decode(),
        )
    expect(pictures.get_by_text("image.png")).to_be_visible()
    pictures.wait_for_timeout(300)  # the page has yet to hear of it
    line.press("Enter")
    expect(digit(pictures)).to_have_text("4")


def test_names_are_shown_in_the_browser_as_they_are(pictures):
    upload(pictures, (HOSTILE.replace("`", ""), SVG))
    expect(pictures.get_by_test_id("stText")).to_contain_text("_a_ *b* <b>c<b> :red[d]")


def test_one_file_that_is_too_large_is_refused_before_it_is_sent(pictures, tmp_path):
    huge = tmp_path / "huge.png"
    huge.write_bytes(bytes(MOST_MEGABYTES * 2**20 + 1))
    chooser(pictures).set_input_files(huge)
    expect(pictures.get_by_text(re.compile("File must be 10.*MB or smaller"))).to_be_visible()


def test_many_pictures_are_forgotten_at_once_and_others_brought_in(pictures):
    upload(pictures, *[(f"{number}.png", content(draw(number))) for number in range(3)])
    expect(pictures.get_by_text("3 digits")).to_be_visible()
    pictures.get_by_role("button", name="Forget these pictures").click()
    expect(pictures.get_by_text("Choose pictures of one handwritten digit each")).to_be_visible()
    expect(pictures.get_by_test_id("stFileUploaderFile")).to_have_count(0)
    upload(pictures, ("seven.png", content(draw(7))))
    expect(digit(pictures)).to_have_text("7")
    expect(pictures.get_by_role("button", name="Forget these pictures")).to_have_count(0)  # the file has its own


def test_two_visitors_do_not_see_each_others_pictures(pictures, browser, address):
    with browser.new_context() as other:
        page = other.new_page()
        page.goto(f"{address}/pictures")
        expect(page.get_by_test_id("stFileUploader")).to_be_visible(timeout=30_000)
        upload(page, ("mine.png", content(draw(4))))
        upload(pictures, ("mine.png", content(draw(7))))  # while the other's is on its way
        expect(digit(page)).to_have_text("4")
        expect(digit(pictures)).to_have_text("7")
    pictures.get_by_role("button", name="Put on the pad").click()  # the file is there though the other has left
    expect(canvas(pictures)).to_be_visible()
    expect(digit(pictures)).to_have_text("7")


def test_a_phone_shows_all_without_sideways_scrolling(pictures):
    pictures.set_viewport_size({"width": 360, "height": 740})
    upload(pictures, ("seven.png", content(draw(7))), ("lie.png", SVG))
    expect(pictures.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
    assert pictures.evaluate("document.documentElement.scrollWidth") <= 360
