"""Pictures come from the camera and the clipboard too."""

import base64

from bringing import content, reads
from browsing import digit
from conftest import draw
from playwright.sync_api import expect


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
    expect(pictures.get_by_test_id("stChatInputSubmitButton")).to_be_enabled()
    line.press("Enter")
    expect(digit(pictures)).to_have_text("4")
