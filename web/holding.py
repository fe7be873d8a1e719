"""How much of what visitors bring in the server holds, and how much of it is made into pictures at once."""

import contextlib
import itertools
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec, UploadFileUrlInfo

# The photos of phones have 3 to 8 megabytes. It is Streamlit's own limit too, in its settings: the server refuses
# what is larger before it has taken it in.
MOST_MEGABYTES = 10
# Of one visitor on the page: all of them are in the server's memory while they are.
MOST_FILES, MOST_BYTES = 1000, 200 * MOST_MEGABYTES * 2**20
# Of one visitor: those on the page, and as many that arrive to take their place.
MOST_HELD, MOST_BYTES_HELD = 2 * MOST_FILES, 2 * MOST_BYTES
# A large picture takes a few hundred megabytes while it is read, so only two are at a time, whoever brought them.
_slots, _queue = threading.Semaphore(2), threading.Lock()


@contextlib.contextmanager
def in_turn() -> Iterator[None]:
    """Read large pictures in it, and not for long: others wait for their turn."""
    # A slot alone would often go back to the one who has just left it, who asks first.
    with _queue:
        _slots.acquire()
    try:
        yield
    finally:
        _slots.release()


def fitting(files: Sequence[UploadedFile]) -> int:
    """How many of the first files may be on the page."""
    sizes = itertools.accumulate(file.size for file in files[:MOST_FILES])
    return sum(size <= MOST_BYTES for size in sizes)


def let_go(files: Iterable[UploadedFile]) -> None:
    """Free the memory of files now: by itself Streamlit holds whatever came until the visit is over."""
    for file in files:
        if found := _manager():
            manager, visit = found
            manager.remove_file(visit, file.file_id)
        file.truncate(0)  # the control has it until the next click, and copies it, which it can't once it is closed


def limit_what_is_held() -> None:
    """Refuse files at the door once a visitor has sent too many; Streamlit counts their bytes, but not the files.

    It holds for all visitors once it has been called.
    """
    found = _manager()
    if found and not hasattr(found[0], "door"):
        found[0].door = Door(found[0])  # type: ignore[attr-defined]


def refused() -> list[str]:
    """The names of the files that were refused when this visitor brought in some last, in their order."""
    found = _manager()
    return found[0].door.refused(found[1]) if found and hasattr(found[0], "door") else []


class Door:
    """What lets a visitor's files in, the first ones first, as many as there is room for.

    A browser tells the names of all that was chosen, in their order, before it sends any; which of them arrive first
    is chance.

    Args:
        manager: what holds the files; its way in leads through here from now on.
    """

    def __init__(self, manager: MemoryUploadedFileManager) -> None:
        self._manager = manager
        self._without_room: dict[str, dict[str, str]] = {}  # by visit: the names of those files, by their ids
        self._get_upload_urls, self._add_file = manager.get_upload_urls, manager.add_file
        self._remove_session_files = manager.remove_session_files
        outside: Any = manager
        outside.get_upload_urls, outside.add_file = self._announce, self._add
        outside.remove_session_files = self._leave

    def refused(self, visit: str) -> list[str]:
        """The names of those of the last files that are not let in."""
        return list(self._without_room.get(visit, {}).values())

    def _announce(self, session_id: str, file_names: Sequence[str]) -> list[UploadFileUrlInfo]:
        places = self._get_upload_urls(session_id, file_names)
        room = max(0, MOST_HELD - len(self._held(session_id)))
        named = zip(places[room:], file_names[room:], strict=True)
        self._without_room[session_id] = {place.file_id: name for place, name in named}
        return places

    def _add(self, session_id: str, file: UploadedFileRec) -> None:
        held, without_room = self._held(session_id), self._without_room.setdefault(session_id, {})
        size = sum(len(other.data) for other in held) + len(file.data)
        if len(held) >= MOST_HELD or size > MOST_BYTES_HELD:
            without_room[file.file_id] = file.name
        if file.file_id in without_room:
            raise HTTPException(413, "Too many files")  # Streamlit's own answer to what is too large
        self._add_file(session_id, file)

    def _leave(self, session_id: str) -> None:
        self._without_room.pop(session_id, None)
        self._remove_session_files(session_id)

    def _held(self, visit: str) -> list[UploadedFileRec]:
        return list(self._manager.file_storage.get(visit, {}).values())


def _manager() -> tuple[MemoryUploadedFileManager, str] | None:
    """What holds the files, and the name of this visit in it."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return context.uploaded_file_mgr, context.session_id
    return None
