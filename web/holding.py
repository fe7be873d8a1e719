"""How much of what visitors bring in the server holds, and how much of it is made into pictures at once."""

import contextlib
import threading
from collections.abc import Iterable, Iterator

from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

MOST_FILES = 200  # a class's worth of sheets; all of them are in the server's memory while they are on the page
# Of one visitor: those on the page, and as many that arrive to take their place.
MOST_HELD = 2 * MOST_FILES
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


def let_go(files: Iterable[UploadedFile]) -> None:
    """Free the memory of files now: by itself Streamlit holds whatever came until the visit is over."""
    for file in files:
        if found := _manager():
            manager, visit = found
            manager.remove_file(visit, file.file_id)
        file.truncate(0)  # the control has it until the next click, and copies it, which it can't once it is closed


def limit_what_is_held() -> None:
    """Refuse files at the door once a visitor has sent too many; Streamlit counts their bytes, but not the files.

    The browser shows beside the file that it was refused. It holds for all visitors once it has been called.
    """
    found = _manager()
    if not found or "add_file" in vars(found[0]):
        return
    manager, add = found[0], found[0].add_file

    def add_if_there_is_room(session_id: str, file: UploadedFileRec) -> None:
        if len(manager.file_storage.get(session_id, ())) >= MOST_HELD:
            raise HTTPException(413, "Too many files")  # Streamlit's own answer to what is too large
        add(session_id, file)

    manager.add_file = add_if_there_is_room  # type: ignore[method-assign]


def _manager() -> tuple[MemoryUploadedFileManager, str] | None:
    """What holds the files, and the name of this visit in it."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return context.uploaded_file_mgr, context.session_id
    return None
