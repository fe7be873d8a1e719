"""Which models there are: those that ship with digitpad and those that the user has trained."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from digitpad.errors import ModelError
from digitpad.files import write_whole
from digitpad.model import CARD_FILE, Model

DEFAULT = "classic"
SHIPPED = Path(__file__).parent / "models"

State = tuple[str | tuple[str, int], ...]


@dataclass(frozen=True)
class Installed:
    """The models that can be used, and a sentence about each that can't.

    Attributes:
        models: each usable model by its name, the shipped ones first.
        notices: for a user to read: which models were passed over, and why.
    """

    models: dict[str, Model]
    notices: list[str]


def user_data() -> Path:
    """The folder of the user's own things; nothing need be there."""
    return platformdirs.user_data_path("digitpad", appauthor=False)


def user_models() -> Path:
    """The folder in which the user's trained models lie, one folder each."""
    return user_data() / "models"


def installed() -> Installed:
    """Every model that ships and every finished one of the user's; broken ones are named and passed over."""
    found = Installed({}, [])
    mine = user_models()
    chosen = _choice()
    folders = [*_finished(SHIPPED), *_finished(mine)]
    if isinstance(chosen, Path) and chosen not in folders:
        folders.append(chosen)
    for folder in folders:
        try:
            model = Model(folder)
        except ModelError as error:
            found.notices.append(f"{error} It was passed over.")
            continue
        if model.name in found.models:
            found.notices.append(
                f"The model {folder} was passed over: there is another by the name of {model.name!r}. "
                "Rename its folder to use it."
            )
            continue
        found.models[model.name] = model
    return found


def in_use() -> tuple[Model, str]:
    """The model that the apps use, and a sentence for the user where it is not the one that was chosen.

    Raises:
        ModelError: not even the shipped model can be opened; digitpad must be installed anew.
    """
    chosen = _choice()
    try:
        return find(chosen), ""
    except ModelError as error:
        return Model(SHIPPED / DEFAULT), f"{error} The shipped model {DEFAULT!r} reads instead."


def use(model: str | Path) -> None:
    """Make a model the one that the apps and `Recognizer()` use from now on.

    Args:
        model: the name of an installed model, or the path of a model's folder or file.

    Raises:
        ModelError: there is no such model, or it is broken; the choice is then left as it was.
    """
    opened = find(model)
    entry = str(opened.path.resolve().parent) if isinstance(model, Path) else model
    user_data().mkdir(parents=True, exist_ok=True)
    write_whole(_choice_file(), entry + "\n")


def find(model: str | Path) -> Model:
    """Open a model by its name or its path.

    Raises:
        ModelError: there is no such model, or it is broken.
    """
    if isinstance(model, Path):
        return Model(model)
    folders = {folder.name: folder for folder in [*_finished(user_models()), *_finished(SHIPPED)]}
    if model not in folders:
        known = ", ".join(sorted(folders))
        raise ModelError(f"There is no model {model!r}. Installed are: {known}. A file is given as a Path.")
    return Model(folders[model])


def state() -> State:
    """Something that is another when a model comes, goes or changes, or another one is chosen: a key for caches."""
    cards = [folder / CARD_FILE for folder in _finished(user_models())]
    return (str(_choice()), *((str(card), card.stat().st_mtime_ns) for card in cards))


def _finished(models: Path) -> list[Path]:
    """The folders of finished models; a run that is still training has no card yet."""
    return sorted(card.parent for card in models.glob(f"*/{CARD_FILE}"))


def _choice_file() -> Path:
    return user_data() / "model-in-use"


def _choice() -> str | Path:
    """What `use` has written down: a model's name or the absolute path of its folder."""
    try:
        entry = _choice_file().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return DEFAULT
    path = Path(entry)
    return path if path.is_absolute() else entry or DEFAULT
