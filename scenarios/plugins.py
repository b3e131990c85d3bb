"""Plugins: a user's Python files that register words of their own."""

import importlib.util
import sys
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from data.errors import InputError
from model.catalogue import CATALOGUE
from model.registry import Entry
from scenarios.plugin_helpers import helpers_of, mark_of

Plugins = str | Path | Sequence[str | Path]
"""One plugin file, or several."""
Entries = dict[str, dict[str, Entry[Any]]]
"""Entries by kind (a key of the catalogue) and word."""

HELPERS: dict[str, tuple[str, ...]] = {}
"""Names of the modules beside a plugin that it imports, by the plugin's mark."""
_loaded: dict[str, Entries] = {}
"""Words that each plugin registered, by the hash of its content and its helpers'."""


def load_plugins(plugins: Plugins, beside: Path | None = None) -> None:
    """Let plugin files register their words; one that was loaded before is not run again.

    Parameters
    ----------
    plugins
        Paths, relative to `beside`, or to the working directory.

    Raises
    ------
    InputError
        If a file is missing, is no Python, fails, or registers nothing.
    """
    listed: Iterable[str | Path] = [plugins] if isinstance(plugins, str | Path) else plugins
    for plugin in listed:
        load_plugin(Path(plugin) if beside is None else beside / plugin)


def load_plugin(path: Path) -> None:
    """Let one plugin file register its words; raises as `load_plugins`."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a path with a null byte has no value at all
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"plugin {path}: cannot be read ({reason})") from error
    helpers = helpers_of(path, content)
    mark = mark_of(content, helpers)
    if mark not in _loaded:
        _loaded[mark] = _registered(path, content, mark, tuple(helpers))
    HELPERS[mark] = tuple(helpers)
    for kind, entries in _loaded[mark].items():
        for entry in entries.values():
            CATALOGUE[kind].add(entry)


def _registered(path: Path, content: bytes, mark: str, helpers: tuple[str, ...]) -> Entries:
    """Run a plugin and return what it registered; nothing is left of one that is broken."""
    before = {kind: registry.entries() for kind, registry in CATALOGUE.items()}
    name = f"{path.stem}_{mark[:12]}"
    try:
        _run(path, content, name, helpers)
        found = {
            kind: {
                word: replace(entry, plugin=mark)
                for word, entry in registry.entries().items()
                if entry is not before[kind].get(word) and not entry.built_in
            }
            for kind, registry in CATALOGUE.items()
        }
        if not any(found.values()):
            raise InputError(
                f"plugin {path}: registers nothing; put a decorator such as"
                " @RULES.register() above a function"
            )
    except InputError:
        sys.modules.pop(name, None)
        for kind, entries in before.items():
            CATALOGUE[kind].restore(entries)
        raise
    return found


def _run(path: Path, content: bytes, name: str, helpers: tuple[str, ...]) -> None:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None:
        raise InputError(f"plugin {path}: is no Python file; its name must end in .py")
    module: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    for loaded in [loaded for loaded in sys.modules if loaded.partition(".")[0] in helpers]:
        del sys.modules[loaded]  # of another folder, or edited since
    folder = str(path.parent.resolve())
    sys.path.insert(0, folder)
    try:
        exec(compile(content, str(path), "exec"), module.__dict__)  # noqa: S102 - the user's own code
    except SyntaxError as error:
        raise InputError(f"plugin {path}, line {error.lineno}: {error.msg}") from error
    except (Exception, SystemExit) as error:  # whatever a user's file may raise, told in one line
        raise InputError(
            f"plugin {path}{_line(error, path)}: {type(error).__name__}: {error}"
        ) from error
    finally:
        sys.path.remove(folder)


def _line(error: BaseException, path: Path) -> str:
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == str(path)
    ]
    return f", line {lines[-1]}" if lines else ""
