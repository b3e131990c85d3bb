"""How to cite: the software by its own metadata, and the works that `CITATION.cff` names."""

import importlib.metadata
import re
from pathlib import Path
from typing import Any

import analysis

CITATION = Path(str(analysis.__file__)).parents[1] / "CITATION.cff"
"""There in a checkout, not in an installed package."""
FIELDS = ("title", "journal", "year", "doi")


def citing(path: Path = CITATION) -> dict[str, Any]:
    """Return name, summary, version and authors of the software, and the works it rests on."""
    known = importlib.metadata.metadata("quotapolis").json
    return {
        "authors": str(known.get("author") or known.get("author_email") or ""),
        "name": str(known["name"]).capitalize(),
        "summary": known.get("summary", ""),
        "version": known["version"],
        "works": works(path.read_text(encoding="utf-8")) if path.is_file() else [],
    }


def works(text: str) -> list[dict[str, str]]:
    """Return the works that a citation file refers to."""
    _, _, references = text.partition("\nreferences:\n")
    return [_work(block) for block in f"\n{references}".split("\n  - type: ")[1:]]


def _work(block: str) -> dict[str, str]:
    names = re.findall(r"family-names: ([^,}\n]+)", block)
    work = {"authors": f"{names[0]} et al." if len(names) > 1 else "".join(names)}
    for field in FIELDS:
        line = re.search(rf'^    {field}: "?(.*?)"?$', block, re.MULTILINE)
        work[field] = line[1] if line else ""
    return work
