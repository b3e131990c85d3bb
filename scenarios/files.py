"""TOML files of scenarios: found by name or path, read, and laid over what they extend."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from data.errors import InputError, nearest
from scenarios.layers import Tree, laid, sections
from scenarios.old_words import OLD_SCENARIOS
from scenarios.plugins import load_plugins

LONGEST_FILE = 10_000_000
"""Most bytes of a file: an experiment of ten thousand arms has a tenth."""
DEEPEST = 12
"""Most tables or lists within each other: a scenario has four."""
NEAR = 0.6
"""Likeness from which on a name of the library is suggested."""
MOST_EXTENDED = 20
"""Most files that extend each other in a row."""


def library() -> dict[str, Path]:
    """Return the scenarios and experiments that come with the project, by name."""
    folder = Path(str(resources.files("scenarios"))) / "library"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def is_experiment(path: Path) -> bool:
    """Return whether a file describes an experiment (it names arms)."""
    return "arms" in toml(path)


def found(name: str | Path, beside: Path | None = None) -> Path:
    """Return the file of a library name or a path; raises InputError if there is none."""
    known = library()
    if str(name) in OLD_SCENARIOS:
        raise InputError(f"{name}: is called {OLD_SCENARIOS[str(name)]} now")
    if str(name) in known:
        return known[str(name)]
    path = Path(name) if beside is None or Path(name).is_absolute() else beside / name
    try:
        if path.is_file():
            return path
        if path.exists():
            kind = "a folder" if path.is_dir() else "a pipe or a device"
            raise InputError(f"{path}: is {kind}, not a file; name a TOML file")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    if path.suffix == ".toml" or len(Path(name).parts) > 1:
        raise InputError(f"{path}: no such file")
    raise InputError(f"{name}: no such scenario or experiment; {nearest(str(name), known, NEAR)}")


def toml(path: Path) -> Tree:
    """Return what a file says; raises InputError if it cannot be read or is out of proportion."""
    try:
        if path.stat().st_size > LONGEST_FILE:
            raise InputError(f"{path}: has more than {LONGEST_FILE:,} bytes; shorten it")
        tree = parsed(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    if not tree:
        raise InputError(f'{path}: holds nothing; begin it with extends = "default", or write it')
    return tree


def parsed(text: str) -> Tree:
    """Return what a text in TOML says; raises ValueError if it is none, or nested too deep."""
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        raise ValueError(f"nested deeper than {DEEPEST}") from None
    level: list[Any] = [tree]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    if level:
        raise ValueError(f"nested deeper than {DEEPEST}")
    return tree


def extended(path: Path, seen: tuple[Path, ...] = ()) -> Tree:
    """Return what a file says, above what the file says that it extends, and so on.

    Raises
    ------
    InputError
        If one cannot be read, is an experiment, has a value where a table belongs, or they extend
        each other in a circle or without an end.
    """
    if path.resolve() in [file.resolve() for file in seen]:
        raise InputError(f"{path}: extends itself, through {' → '.join(p.stem for p in seen)}")
    if len(seen) > MOST_EXTENDED:
        raise InputError(f"{seen[0]}: more than {MOST_EXTENDED} files extend each other in a row")
    tree = toml(path)
    if "arms" in tree and seen:
        raise InputError(f"{seen[0]}: extends {path.stem}, an experiment; extend a scenario")
    load_named(tree, path)
    parent = tree.pop("extends", None)
    if parent is None:
        return tree
    if not isinstance(parent, str):
        raise InputError(f"{path}: extends = {parent!r} must be a name or a path")
    place = found(parent, beside=path.parent)
    below = extended(place, (*seen, path))
    for section in sections().intersection(tree):
        if not isinstance(below.get(section, {}), dict):
            said = f"{section} = {below[section]!r}"
            raise InputError(f"{place}: {said} must be a table of keys and values")
    return laid(below, tree)


def load_named(tree: Tree, path: Path) -> None:
    """Load the plugins that a file names, and take the key away."""
    named = tree.pop("plugin", [])
    files = [named] if isinstance(named, str) else named
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        raise InputError(f"{path}: plugin = {named!r} must be a path or a list of paths")
    load_plugins(files, beside=path.parent)
