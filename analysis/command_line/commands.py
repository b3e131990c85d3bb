"""The commands by name; each is loaded when it is asked for, with all that it alone needs."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

MODULES = {
    "run": "run_command",
    "compare": "compare_command",
    "merge": "merge_command",
    "city": "city_command",
    "report": "report_command",
    "animate": "animate_command",
    "serve": "serve_command",
    "robustness": "robustness_command",
    "sensitivity": "sensitivity_command",
    "search": "search_command",
    "export": "export_command",
    "reproduce": "reproduce_command",
    "scenarios": "scenario_command",
    "data": "data_command",
}
"""Module of each command, in the order of the help; it holds a function of the module's name, or an
`app` of several commands."""


@cache
def loaded(name: str) -> Any:
    """Return a command, loaded now if it was not before."""
    word = MODULES[name]
    module = import_module(f"analysis.command_line.{word}")
    part = getattr(module, "app", None)
    if part is None:
        part = typer.Typer(add_completion=False)
        part.command(name)(getattr(module, word))
    found = typer.main.get_command(part)
    found.name = name
    return found


def summary(name: str) -> str:
    """Return what a command does, as its source says: the list of all loads none of them."""
    word = MODULES[name]
    spec = find_spec(f"analysis.command_line.{word}")
    source = cast(Any, spec).loader.get_source(cast(Any, spec).name)
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == word:
            return ast.get_docstring(node) or ""
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "app":
            said = {one.arg: one.value for one in cast(ast.Call, node.value).keywords}
            return str(ast.literal_eval(said["help"]))
    raise LookupError(word)


class OnDemand(Mapping[str, Any]):
    """Commands by name."""

    def __getitem__(self, name: str) -> Any:
        """Return a command."""
        return loaded(name)

    def __iter__(self) -> Iterator[str]:
        """Return the names in the order of the help."""
        return iter(MODULES)

    def __len__(self) -> int:
        """Return the number of commands."""
        return len(MODULES)


class Commands(TyperGroup):
    """The group of all commands."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        self.commands = cast(Any, OnDemand())

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help, with a line of each command."""
        self.commands = cast(
            Any, {name: TyperCommand(name, help=summary(name)) for name in MODULES}
        )
        super().format_help(ctx, formatter)
