"""The names of Quotapolis' packages: another file of one of these names must not hide the package.

Packages run this file by its path before they import anything of ours: by its name it might be
hidden itself.
"""

from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("analysis", "simulation", "scenarios", "data", "model")


def refuse_hidden_packages() -> None:
    """Look where each package would be imported from.

    Raises
    ------
    ImportError
        If that is not beside the package of this file, as when a user's script is called model.py.
    """
    for name in PACKAGES:
        spec = find_spec(name)
        own = Path(__file__).resolve().parents[1] / name / "__init__.py"
        if spec is None or spec.origin is None or Path(spec.origin).resolve() == own:
            continue
        found = Path(spec.origin)
        hider, kind = (found.parent, "folder") if found.stem == "__init__" else (found, "script")
        raise ImportError(
            f"{hider} hides Quotapolis' own package `{name}`; give your {kind} another name"
        )


refuse_hidden_packages()
