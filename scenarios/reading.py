"""Scenarios and experiments from TOML files: paths or names of the library."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from data.errors import InputError, nearest
from scenarios.experiment import Experiment
from scenarios.faults import in_words as fault_in_words
from scenarios.faults import shown
from scenarios.files import extended, found, load_named, parsed, toml
from scenarios.grid import spanned
from scenarios.ground import with_references
from scenarios.layers import Tree, joined, laid
from scenarios.old_words import require_no_old_keys
from scenarios.plain_words import LONGEST_TITLE, name_of_file
from scenarios.plugins import Plugins, load_plugins
from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.titles import filled, in_words, with_settings
from scenarios.words import OWN_KEY, Worded

Settings = Mapping[str, Any] | str | Sequence[str]
"""Overrides: a mapping of dotted keys to values, or one or more words `key=value`."""
Model = TypeVar("Model", bound=BaseModel)
DEEPEST_KEY = 4
"""Most parts of a key: section, word, parameter, and a year of it."""


def of_year(year: int, settings: Settings) -> Settings:
    """Return settings in which runs start from the year of a table, unless they name another."""
    first = {"horizon.base_year": year}
    if isinstance(settings, Mapping):
        return {**first, **settings}
    return [*(f"{key}={value}" for key, value in first.items()), *_words(settings)]


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
    path = found(name)
    tree = extended(path)
    if "arms" in tree:
        raise InputError(f"{path}: this is an experiment; run it with: quotapolis compare {name}")
    where = f"{path}, with settings" if settings else str(path)
    asked = _told(settings)
    scenario = _checked(Scenario, _with_settings(tree, asked), where)
    title = filled(with_settings(scenario.title, asked), scenario)
    return scenario.model_copy(update={"title": _fitting(title, scenario.title)})


def read_experiment(
    name: str | Path, settings: Settings = (), *, plugin: Plugins = ()
) -> Experiment:
    """Return an experiment by path or library name, overrides applied to every arm.

    The file names a `scenario` that all arms start from, and `[[arms]]` with a `name` and
    what they `set`. Plugins and errors as for `read_scenario`.
    """
    load_plugins(plugin)
    path = found(name)
    tree = toml(path)
    if "arms" not in tree:
        raise InputError(f"{path}: this is a scenario, not an experiment; it names no [[arms]]")
    load_named(tree, path)
    start, arms = tree.pop("scenario", "default"), tree.pop("arms")
    if not isinstance(start, str):
        raise InputError(f"{path}: scenario = {shown(start)} must be a name or a path")
    if not isinstance(arms, list) or not all(isinstance(arm, dict) for arm in arms):
        raise InputError(f"{path}: arms = {shown(arms)} must be tables, each begun by [[arms]]")
    base = extended(found(start, beside=path.parent), (path,))
    asked = _told(settings)
    arms = [one for arm in arms for one in _arms(arm, base, asked, path)]
    arms = with_references(arms, tree.get("reference"))
    experiment = _checked(Experiment, {"name": name_of_file(path), **tree, "arms": arms}, str(path))
    title = filled(with_settings(experiment.title, asked), _first_policy(experiment))
    return experiment.model_copy(update={"title": _fitting(title, experiment.title)})


def changed(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """Return a scenario with other values under dotted keys, checked anew, its title likewise.

    Raises
    ------
    InputError
        If a key, a type or a value is not what it should be.
    """
    if not settings:
        return scenario
    tree = _with_settings(scenario.model_dump(), settings)
    made = _checked(Scenario, tree, "these settings")
    title = with_settings(scenario.title, settings)
    return made.model_copy(update={"title": _fitting(title, scenario.title)})


def _first_policy(experiment: Experiment) -> Scenario:
    """Return the scenario that stands for all in a title."""
    policies = [arm.scenario for arm in experiment.arms if arm.name != experiment.reference]
    return (policies or [experiment.arms[0].scenario])[0]


def _fitting(title: str, plain: str) -> str:
    return title if len(title) <= LONGEST_TITLE else plain


def _told(settings: Settings) -> dict[str, Any]:
    if isinstance(settings, Mapping):
        return dict(settings)
    return dict(map(_pair, _words(settings)))


def _words(settings: str | Sequence[str]) -> Sequence[str]:
    return [settings] if isinstance(settings, str) else settings


def _arms(arm: Tree, base: Tree, settings: Mapping[str, Any], path: Path) -> list[Tree]:
    """Return what a table of arms stands for: one arm, a grid of them, or some of another file."""
    words = arm.get("set", {})
    if not isinstance(words, dict):
        raise InputError(f"{path}, arm {arm.get('name')}: set = {shown(words)} must be a table")
    if "from" in arm:
        return _picked(arm, words, settings, path)
    unknown = set(arm) - {"name", "set"}
    grid = list(spanned(str(arm.get("name", "")), words))
    if unknown or ("name" not in arm and len(grid) == 1):
        raise InputError(
            f"{path}: an arm has a name and what it sets, not {shown(sorted(unknown))}"
        )
    if len(grid) == 1:
        return [_arm(arm["name"], grid[0][1], base, settings, path)]
    return [_arm(name, own, base, settings, path) for name, own in grid]


def _picked(arm: Tree, words: Tree, settings: Mapping[str, Any], path: Path) -> list[Tree]:
    """Return arms of another experiment, by name; `set` changes them too."""
    unknown = set(arm) - {"from", "pick", "set"}
    source, names = arm["from"], arm.get("pick")
    if unknown or not isinstance(source, str) or not isinstance(names, list):
        raise InputError(
            f'{path}: arms of another experiment are from = "NAME", pick = ["ARM", …], and what'
            f" they set; not {shown(sorted(unknown or arm))}"
        )
    place = found(source, beside=path.parent)
    if place.resolve() == path.resolve():
        raise InputError(f"{path}: arms from = {shown(source)} are of this file itself")
    other = read_experiment(place, {**words, **settings})
    known = [one.name for one in other.arms]
    for name in names:
        if name not in known:
            raise InputError(
                f"{path}: {shown(name)}: no arm of {source}; {nearest(str(name), known)}"
            )
    return [{"name": name, "scenario": other.arm(name).scenario} for name in names]


def _arm(name: Any, words: Tree, base: Tree, settings: Mapping[str, Any], path: Path) -> Tree:
    tree = _with_settings(_with_settings(base, words), settings)
    scenario = _checked(Scenario, tree, f"{path}, arm {name}")
    own = "title" in words or "title" in settings or not isinstance(name, str)
    title = scenario.title if own else in_words(name)[:LONGEST_TITLE]
    return {"name": name, "scenario": scenario.model_copy(update={"title": title})}


def _with_settings(tree: Tree, settings: Mapping[str, Any]) -> Tree:
    layer: Tree = {}
    for key, value in settings.items():
        above: Any = value
        parts = key.split(".")
        if len(parts) > DEEPEST_KEY:
            raise InputError(f"{shown(key)}: a key has at most {DEEPEST_KEY} parts; shorten it")
        section = tree.get(parts[0], {})
        if len(parts) > 1 and not isinstance(section, dict):
            raise InputError(
                f"{parts[0]} = {shown(section)} is no section that {shown(key)} can stand in; mend"
                " one of them"
            )
        for part in reversed(parts):
            above = {part: above}
        layer = joined(layer, above)
    return laid(tree, layer)


def _pair(word: str) -> tuple[str, Any]:
    key, separator, text = word.partition("=")
    if not separator or not all(part.strip() for part in key.split(".")):
        raise InputError(f"--set {word}: write it as section.key=value, such as cap.cut=0.3")
    try:
        said = parsed(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return key.strip(), text.strip()
    except ValueError as error:
        raise InputError(f"--set {shown(word)}: {error}") from error
    return key.strip(), said["value"] if len(said) == 1 else text.strip()


def _checked(model: type[Model], tree: Tree, where: str) -> Model:
    require_no_old_keys(tree, where)
    try:
        return model.model_validate(tree)
    except ValidationError as error:
        first = error.errors()[0]
        raise InputError(f"{where}: {_explained(model, dict(first))}") from None


def _explained(model: type[BaseModel], fault: Tree) -> str:
    place = [str(part) for part in fault["loc"]]
    if fault["type"] == OWN_KEY:
        told = fault["ctx"]
        key = ".".join([*place, *filter(None, [told["key"]])])
        return str(told["said"]).replace("{key}", key).replace("{value!r}", shown(told["value"]))
    key, value = ".".join(place), fault["input"]
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key}; {nearest(place[-1], _siblings(model, fault['loc']))}"
    if fault["type"] == "missing":
        return f"{key} is missing"
    if fault["type"] in {"model_type", "model_attributes_type"}:
        return f"{key} = {shown(value)}: {_wanted(model, key)}"
    if not key:
        return fault_in_words(fault)
    given = "" if isinstance(value, dict | BaseModel) else f" = {shown(value)}"
    return f"{key}{given}: {fault_in_words(fault)}"


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
