"""Which models there are: those that ship with digitpad and those that the user has trained."""

from dataclasses import dataclass
from pathlib import Path

import platformdirs

from digitpad.errors import ModelError
from digitpad.files import write_whole
from digitpad.models.model import CARD_FILE, WEIGHTS_FILE, Model, name_of

DEFAULT = "hands"
SHIPPED = Path(__file__).parent / "shipped"

State = tuple[str | tuple[str, int], ...]


@dataclass(frozen=True)
class Installed:
    """The models that can be used, and a sentence about each that can't.

    Attributes:
        models: each usable model by its name, the shipped ones first; by its path where the name is taken.
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
    for place in _places():
        try:
            model = Model(place)
        except ModelError as error:
            found.notices.append(f"{error} It was passed over.")
        else:
            found.models[str(place) if model.name in found.models else model.name] = model
    return found


def in_use() -> tuple[Model, str]:
    """The model that the apps use, and a sentence for the user where it is not the one that was chosen.

    Raises:
        ModelError: not even the shipped model can be opened; digitpad must be installed anew.
    """
    try:
        return find(_choice()), ""
    except ModelError as error:
        return Model(SHIPPED / DEFAULT), f"{error} The shipped model {DEFAULT!r} reads instead."


def use(model: str | Path) -> None:
    """Make a model the one that the apps and `Recognizer()` use from now on.

    Args:
        model: the name of an installed model, or the path of a model's folder or file.

    Raises:
        ModelError: there is no such model, it is broken, or the choice can't be written down; the choice is then
            left as it was.
    """
    find(model)
    entry = str(model.resolve()) if isinstance(model, Path) else model
    try:
        user_data().mkdir(parents=True, exist_ok=True)
        write_whole(_choice_file(), entry + "\n")
    except OSError as error:
        raise ModelError(f"The choice can't be written to {user_data()}: {error.strerror}.") from error


def find(model: str | Path) -> Model:
    """Open a model by its name or its path.

    Raises:
        ModelError: there is no such model, or it is broken.
    """
    if isinstance(model, Path):
        return Model(model)
    if not isinstance(model, str):
        given = type(model).__name__
        raise ModelError(f"An object of type {given} names no model. Expected is a name, or a file as a Path.")
    places = _by_name()
    if model not in places:
        raise ModelError(f"There is no model {model!r}. Installed are: {_listed(places)}. A file is given as a Path.")
    return Model(places[model])


def named(words: str) -> Model:
    """Open a model as a person names it at a command line: by its name, else by the path of its folder or file.

    Raises:
        ModelError: there is no such model, or it is broken.
    """
    places = _by_name()
    if words in places:
        return Model(places[words])
    try:
        is_there = bool(words) and Path(words).exists()  # Path takes "" for the current folder
    except (OSError, ValueError):  # a name that no system takes
        is_there = False
    if is_there:
        return Model(Path(words))
    known = _listed(places)
    raise ModelError(f"There is no model {words!r}, and no folder or file of that name. Installed are: {known}.")


def state() -> State:
    """Something that is another when a model comes, goes or changes, or another one is chosen: a key for caches."""
    files = [place / name for place in _places() for name in (CARD_FILE, WEIGHTS_FILE)]
    return (str(_choice()), *((str(file), _changed(file)) for file in files))


def _places() -> list[Path]:
    """Where the models lie: the shipped ones, the user's finished ones, and one chosen by its path."""
    # A run that is still training has no card yet.
    places = [card.parent for models in (SHIPPED, user_models()) for card in sorted(models.glob(f"*/{CARD_FILE}"))]
    chosen = _choice()
    listed = [place.resolve() for place in places]
    if isinstance(chosen, Path) and chosen not in [*listed, *(place / WEIGHTS_FILE for place in listed)]:
        places.append(chosen)
    return places


def _by_name() -> dict[str, Path]:
    """Where each model lies; of two by the same name the shipped one counts."""
    return {name_of(place): place for place in reversed(_places())}


def _listed(places: dict[str, Path]) -> str:
    return ", ".join(sorted(places))


def _changed(file: Path) -> int:
    try:
        # A model that was chosen as a file has no files in it.
        return (file.parent if file.parent.is_file() else file).stat().st_mtime_ns
    except (OSError, ValueError):  # gone, or a path that no system takes
        return 0


def _choice_file() -> Path:
    return user_data() / "model-in-use"


def _choice() -> str | Path:
    """What `use` has written down: a model's name or the absolute path of its folder or file."""
    try:
        entry = _choice_file().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return DEFAULT
    path = Path(entry)
    return path if path.is_absolute() else entry or DEFAULT
