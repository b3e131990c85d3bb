"""Mutants: sources with one operator, number or condition changed, as a slip would change it."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import InputError

FLOORS = ("model", "simulation")
OPERATORS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,),
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,), ast.Pow: (ast.Mult,), ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,), ast.MatMult: (),
}  # fmt: skip
"""Comparisons move their boundary or turn round; arithmetic and logic take the opposite."""
NAMES = {"min": "max", "max": "min", "minimum": "maximum", "maximum": "minimum",
         "floor": "ceil", "ceil": "floor", "any": "all", "all": "any"}  # fmt: skip
TOLD = frozenset({"parameter", "Column", "Parameter"})
"""Calls whose arguments tell of a thing: words, units and ranges, which other tests compare."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change in one file."""

    file: str
    """Path within the project."""
    line: int
    text: str
    """The line as it stands."""
    function: str
    """Qualified name of the function that holds it; empty at the level of the module."""
    before: str
    after: str
    source: str
    """The whole file, changed."""

    @property
    def key(self) -> str:
        """Return a mark of the changed file."""
        return hashlib.sha256(f"{self.file}\n{self.source}".encode()).hexdigest()[:16]

    @property
    def change(self) -> str:
        """Return the change in one line."""
        return f"{self.before} → {self.after}"


def all_mutants(root: Path, within: str = "") -> list[Mutant]:
    """Return the mutants of all files of the floors whose path begins in some way.

    Raises
    ------
    InputError
        If there is no such file.
    """
    paths = sorted(path for floor in FLOORS for path in (root / floor).rglob("*.py"))
    names = [path.relative_to(root).as_posix() for path in paths]
    chosen = [name for name in names if name.startswith(within)]
    if not chosen:
        raise InputError(f"{within}: no file of {' or '.join(FLOORS)} begins so")
    return [mutant for name in chosen for mutant in mutants(root, name)]


def mutants(root: Path, name: str) -> Iterator[Mutant]:
    """Return the mutants of a file."""
    source = (root / name).read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    whole = source.encode()
    for function, node in _expressions(ast.parse(source), ""):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        for after in _changes(node):
            changed = whole[:begin] + f"({after})".encode() + whole[end:]
            text = lines[node.lineno - 1].decode("utf-8").strip()
            before, new = ast.unparse(node), changed.decode("utf-8")
            yield Mutant(name, node.lineno, text, function, before, after, new)


def _expressions(node: ast.AST, function: str) -> Iterator[tuple[str, ast.expr]]:
    """Return expressions that may be changed, each with its function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise | ast.JoinedStr | ast.Assert):
            continue  # messages
        if isinstance(child, ast.Call) and _name(child.func) in TOLD:
            continue
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            inner = f"{function}.{child.name}" if function else child.name
            for each in child.body:
                yield from _expressions(ast.Module([each], []), inner)
            continue
        if isinstance(child, ast.AnnAssign):
            if child.value is not None:
                yield from _expressions(ast.Module([ast.Expr(child.value)], []), function)
            continue
        if isinstance(child, ast.expr):
            yield function, child
        yield from _expressions(child, function)


def _name(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _changes(node: ast.expr) -> Iterator[str]:
    """Return what may stand in the place of an expression."""
    match node:
        case ast.BinOp(left, op, right):
            if not any(isinstance(side, ast.Constant | ast.JoinedStr) and _is_text(side)
                       for side in (left, right)):  # fmt: skip
                yield from (_text(ast.BinOp(left, other(), right)) for other in _others(op))
        case ast.BoolOp(op, values):
            yield from (_text(ast.BoolOp(other(), values)) for other in _others(op))
        case ast.Compare(left, ops, comparators):
            for place, comparison in enumerate(ops):
                for turned in _others(comparison):
                    changed = [*ops[:place], turned(), *ops[place + 1 :]]
                    yield _text(ast.Compare(left, changed, comparators))
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield _text(operand)
        case ast.IfExp(test, body, orelse):
            yield _text(ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse))
        case ast.Constant(bool(value)):
            yield str(not value)
        case ast.Constant(int(value) | float(value)):
            yield repr(value + 1)
        case ast.Attribute(value, attr) if attr in NAMES:
            yield _text(ast.Attribute(value, NAMES[attr]))
        case ast.Name(word) if word in NAMES:
            yield NAMES[word]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str)


def _others(op: ast.AST) -> tuple[type, ...]:
    return OPERATORS.get(type(op), ())


def _text(node: ast.expr) -> str:
    return ast.unparse(ast.fix_missing_locations(node))
