"""Scenarios and experiments from TOML files: paths or names of the library."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data.errors import InputError, nearest
from scenarios.experiment import Experiment
from scenarios.old_words import OLD_KEYS, OLD_SCENARIOS
from scenarios.plugins import Plugins, load_plugins
from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.words import OWN_KEY, Worded

Tree = dict[str, Any]
Settings = Mapping[str, Any] | Sequence[str]
"""Overrides: a mapping of dotted keys to values, or words of the form `key=value`."""
Model = TypeVar("Model", bound=BaseModel)


def library() -> dict[str, Path]:
    """Return the scenarios and experiments that come with the project, by name."""
    folder = Path(str(resources.files("scenarios"))) / "library"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def is_experiment(path: Path) -> bool:
    """Return whether a file describes an experiment (it names arms)."""
    return "arms" in _toml(path)


def read_scenario(name: str | Path, settings: Settings = (), *, plugin: Plugins = ()) -> Scenario:
    """Return a scenario by path or library name, with overrides such as `cap.cut=0.3`.

    `plugin` names Python files that register words of one's own; so does a key `plugin` of the
    file, relative to it.

    Raises
    ------
    InputError
        If the file, a key, a type or a value is not what it should be.
    """
    load_plugins(plugin)
    path = _path(name)
    tree = _extended(path, ())
    if "arms" in tree:
        raise InputError(f"{path}: this is an experiment; run it with: quotapolis compare {name}")
    where = f"{path}, with settings" if settings else str(path)
    return _checked(Scenario, _with_settings(tree, settings), where)


def read_experiment(
    name: str | Path, settings: Settings = (), *, plugin: Plugins = ()
) -> Experiment:
    """Return an experiment by path or library name, overrides applied to every arm.

    The file names a `scenario` that all arms start from, and `[[arms]]` with a `name` and
    what they `set`. Plugins and errors as for `read_scenario`.
    """
    load_plugins(plugin)
    path = _path(name)
    tree = _toml(path)
    if "arms" not in tree:
        raise InputError(f"{path}: this is a scenario, not an experiment; it names no [[arms]]")
    _load_named(tree, path)
    start, arms = tree.pop("scenario", "default"), tree.pop("arms")
    if not isinstance(start, str):
        raise InputError(f"{path}: scenario = {start!r} must be a name or a path")
    if not isinstance(arms, list) or not all(isinstance(arm, dict) for arm in arms):
        raise InputError(f"{path}: arms = {arms!r} must be tables, each begun by [[arms]]")
    base = _extended(_path(start, beside=path.parent), (path,))
    arms = [_arm(arm, base, settings, path) for arm in arms]
    return _checked(Experiment, {"name": path.stem, **tree, "arms": arms}, str(path))


def _arm(arm: Tree, base: Tree, settings: Settings, path: Path) -> Tree:
    unknown = set(arm) - {"name", "set"}
    if unknown or "name" not in arm:
        raise InputError(f"{path}: an arm has a name and what it sets, not {sorted(unknown)}")
    if not isinstance(arm.get("set", {}), dict):
        raise InputError(f"{path}, arm {arm['name']}: set = {arm['set']!r} must be a table")
    tree = _with_settings(_with_settings(base, arm.get("set", {})), settings)
    where = f"{path}, arm {arm['name']}"
    return {"name": arm["name"], "scenario": _checked(Scenario, tree, where)}


def _path(name: str | Path, beside: Path | None = None) -> Path:
    known = library()
    if str(name) in OLD_SCENARIOS:
        raise InputError(f"{name}: is called {OLD_SCENARIOS[str(name)]} now")
    if str(name) in known:
        return known[str(name)]
    path = Path(name) if beside is None or Path(name).is_absolute() else beside / name
    if path.is_file():
        return path
    if path.suffix == ".toml" or len(Path(name).parts) > 1:
        raise InputError(f"{path}: no such file")
    raise InputError(f"{name}: no such scenario or experiment; {nearest(str(name), known)}")


def _toml(path: Path) -> Tree:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _extended(path: Path, seen: tuple[Path, ...]) -> Tree:
    if path in seen:
        raise InputError(f"{path}: extends itself, through {' → '.join(p.stem for p in seen)}")
    tree = _toml(path)
    if "arms" in tree and seen:
        raise InputError(f"{seen[0]}: extends {path.stem}, an experiment; extend a scenario")
    _load_named(tree, path)
    parent = tree.pop("extends", None)
    if parent is None:
        return tree
    if not isinstance(parent, str):
        raise InputError(f"{path}: extends = {parent!r} must be a name or a path")
    return _merged(_extended(_path(parent, beside=path.parent), (*seen, path)), tree)


def _load_named(tree: Tree, path: Path) -> None:
    """Load the plugins that a file names, and take the key away."""
    named = tree.pop("plugin", [])
    files = [named] if isinstance(named, str) else named
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise InputError(f"{path}: plugin = {named!r} must be a path or a list of paths")
    load_plugins(files, beside=path.parent)


def _merged(below: Tree, above: Tree) -> Tree:
    result = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both else value
    return result


def _with_settings(tree: Tree, settings: Settings) -> Tree:
    pairs = settings.items() if isinstance(settings, Mapping) else map(_pair, settings)
    for key, value in pairs:
        above: Any = value
        for part in reversed(key.split(".")):
            above = {part: above}
        tree = _merged(tree, above)
    return tree


def _pair(word: str) -> tuple[str, Any]:
    key, separator, text = word.partition("=")
    if not separator or not all(part.strip() for part in key.split(".")):
        raise InputError(f"--set {word}: write it as section.key=value, such as cap.cut=0.3")
    try:
        return key.strip(), tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return key.strip(), text.strip()


def _checked(model: type[Model], tree: Tree, where: str) -> Model:
    _refuse_old_keys(tree, where)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{where}: {_explained(model, dict(first))}") from None


def _refuse_old_keys(tree: Tree, where: str) -> None:
    for old, new in OLD_KEYS.items():
        section, _, key = old.partition(".")
        if isinstance(tree.get(section), dict) and key in tree[section]:
            raise InputError(f"{where}: {old}: is called {new} now")


def _explained(model: type[BaseModel], fault: Tree) -> str:
    place = [str(part) for part in fault["loc"]]
    if fault["type"] == OWN_KEY:
        told = fault["ctx"]
        key = ".".join([*place, *filter(None, [told["key"]])])
        return str(told["said"]).replace("{key}", key).replace("{value!r}", repr(told["value"]))
    key, value = ".".join(place), fault["input"]
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key}; {nearest(place[-1], _siblings(model, fault['loc']))}"
    if fault["type"] == "missing":
        return f"{key} is missing"
    if fault["type"] in {"model_type", "model_attributes_type"}:
        return f"{key} = {value!r}: {_wanted(model, key)}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    shown = "" if isinstance(value, dict | BaseModel) or not key else f" = {value!r}"
    return f"{key}{shown}: {message}" if key else message


def _wanted(model: type[BaseModel], key: str) -> str:
    """Return what belongs where a single value was given."""
    if key not in model.model_fields:
        return "must be a table of keys and values"
    section = section_of(model.model_fields[key].annotation) or model
    known = {*section.model_fields}
    if issubclass(section, Worded) and section.flat:
        known |= {
            name for word in section.own_tables() for name in section.table_of(word).model_fields
        }
    names = sorted(f"{key}.{name}" for name in known)
    return f"is a section; set {', '.join(names)}"


def _siblings(model: type[BaseModel], place: tuple[str | int, ...]) -> list[str]:
    """Return the keys known beside the last one of `place`."""
    here: Any = model
    for part in place[:-1]:
        if isinstance(part, str) and part in here.model_fields:
            chosen = here.model_fields[part].annotation
            here = section_of(chosen) or here
    return sorted(here.model_fields)
