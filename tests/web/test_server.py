"""What the image of the web app has in it, how it starts and how it says that it is well.

Docker is not needed for it: its rules are read as it reads them, and its commands are run.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from waiting import SECONDS, until

from digitpad_web.measuring.server import free_port

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def files():
    """All files of the project, and those that .dockerignore lets into the image: its last rule that fits holds."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout, to know which files are the project's")
    tracked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(tracked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    everything = {name for name in listed.splitlines() if (ROOT / name).is_file()}
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [(line.startswith("!"), pattern(line.lstrip("!"))) for line in lines if line and line[0] != "#"]
    return everything, {
        name for name in everything if [True, *(allowed for allowed, rule in rules if rule.match(name))][-1]
    }


def pattern(line):
    """A rule of .dockerignore; one that fits a folder fits all in it."""
    escaped = re.escape(line).replace(r"\*\*/", "(.*/)?").replace(r"\*", "[^/]*")
    return re.compile(f"{escaped}(/.*)?$")


def test_the_image_has_what_the_app_needs_and_no_tests_documents_or_data(files):
    everything, let_through = files
    needed = {"pyproject.toml", "setup.py", "constraints.txt", "README.md", "LICENSE"}
    folders = ("digitpad/", "web/", "desktop/")
    assert let_through == needed | {name for name in everything if name.startswith(folders)}


def test_only_what_reading_and_the_web_app_need_is_installed():
    [extras] = re.findall(r"^RUN python -c .*?requirements\.txt$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    assert re.findall(r"optional-dependencies'\]\['(\w+)'\]", extras) == ["web"]
    installed = re.findall(r"pip install (.*?)(?:\\$| && |\n)", DOCKERFILE)
    assert len(installed) == 2
    assert "-c constraints.txt -r /tmp/requirements.txt" in installed[0]
    assert "--no-deps" in installed[1]


def test_the_server_runs_as_a_user_without_rights():
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert users
    assert users[-1] not in ("root", "0")


def test_the_port_that_is_exposed_is_the_one_it_serves_on_unless_told_another():
    [exposed] = re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE)
    assert f"STREAMLIT_SERVER_PORT={exposed} " in DOCKERFILE


@pytest.mark.parametrize("path", ["", "pad", "/pad"])
def test_its_command_serves_without_a_home_and_the_health_check_notices_when_it_ends(path, tmp_path):
    port = str(free_port())
    programs = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    nowhere = {"HOME": "/nonexistent", "XDG_DATA_HOME": "/nonexistent", "STREAMLIT_SERVER_BASE_URL_PATH": path}
    surroundings = {**os.environ, **programs, **nowhere, "STREAMLIT_SERVER_PORT": port}
    [command] = re.findall(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE)
    [check] = re.findall(r"^HEALTHCHECK .*? CMD (.*?)\n(?=[A-Z])", DOCKERFILE, re.MULTILINE | re.DOTALL)
    check = check.replace("\\\n", "")

    def is_well():
        return not subprocess.run(["/bin/sh", "-c", check], env=surroundings, capture_output=True).returncode

    log = tmp_path / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            re.findall(r'"([^"]*)"', command), cwd=tmp_path, env=surroundings, stdout=output, stderr=output
        )
    try:
        until(is_well, log.read_text, server)
        assert "Traceback" not in log.read_text()
    finally:
        server.terminate()
        server.wait(SECONDS)
    assert not is_well()
