"""Helpers of a plugin: the modules beside it that it imports, and those that these import."""

import ast
import hashlib
from pathlib import Path


def helpers_of(plugin: Path, content: bytes) -> dict[str, list[Path]]:
    """Return the files of each helper by the name it is imported by, in the order of names.

    A helper is a module or package in the plugin's folder; what is installed elsewhere is none. A
    plugin that is no Python has none.
    """
    found: dict[str, list[Path]] = {}
    waiting = [content]
    while waiting:
        for name in _imported(waiting.pop()):
            files = _files(plugin.parent, name)
            if name not in found and files and plugin not in files:
                found[name] = files
                waiting += [file.read_bytes() for file in files]
    return dict(sorted(found.items()))


def mark_of(content: bytes, helpers: dict[str, list[Path]]) -> str:
    """Return the hash of a plugin and its helpers: another where one of them is edited."""
    material = hashlib.sha256(content)
    for name, files in helpers.items():
        material.update(name.encode())
        for file in files:
            material.update(file.read_bytes())
    return material.hexdigest()


def _imported(content: bytes) -> set[str]:
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError):
        return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.partition(".")[0])
    return names


def _files(folder: Path, name: str) -> list[Path]:
    module, package = folder / f"{name}.py", folder / name
    if (package / "__init__.py").is_file():
        return sorted(package.rglob("*.py"))
    return [module] if module.is_file() else []
