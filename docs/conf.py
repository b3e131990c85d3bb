"""The site of documents: Sphinx reads the Markdown of this folder and the code's docstrings."""

import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.ext.napoleon import Config, NumpyDocstring

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

project = "Quotapolis"
author = "The Quotapolis contributors"
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

html_title = "Quotapolis"
html_theme = "furo"
html_show_sphinx = False
html_copy_source = False

myst_heading_anchors = 4

nitpicky = True  # an unknown reference is a warning, and `make docs` makes warnings errors
nitpick_ignore_regex = [
    # types in signatures: shapes, other packages' classes (no network here), internal classes
    (
        "py:class",
        r"'.*'|ndarray|(np|jaxtyping|numpy|pandas|networkx|nx|mesa|pathlib|concurrent)\..*",
    ),
    ("py:class", r"(model|data|scenarios|simulation|analysis)\..*"),
    ("py:data", r"typing\..*"),
    ("py:(class|obj)", r"(pydantic|annotated_types|collections|dataclasses)\..*|Path|optional"),
    # what pydantic makes of a range, of a text and of a scenario's words
    ("py:class", r"_Pydantic\w+|FieldInfo|NoneType|MaxLen|[a-z_]+"),
]
default_role = "code"  # docstrings write names in single backticks

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 80

OF_ONE_SENTENCE = ("attribute", "property", "data")
"""What has no sections: `unit: meaning` there is no type before a colon."""

RAISED = ":raises ~data.errors.InputError:"
"""Its full name, which makes it a link."""


def read_sections(
    app: Sphinx, what: str, name: str, of: object, options: Any, lines: list[str]
) -> None:
    """Turn the sections of numpy docstrings (Parameters, Raises …) into Sphinx's."""
    if what not in OF_ONE_SENTENCE:
        style = Config(napoleon_use_rtype=False)
        told = NumpyDocstring(lines, style, app, what, name, of, options).lines()
        lines[:] = [line.replace(":raises InputError:", RAISED) for line in told]


def setup(app: Sphinx) -> None:
    """Hand every docstring to `read_sections`."""
    app.connect("autodoc-process-docstring", read_sections)
