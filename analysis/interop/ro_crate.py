"""Results as a research object: `ro-crate-metadata.json` (RO-Crate 1.1, in JSON-LD)."""

import hashlib
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
CONFORMS = "https://w3id.org/ro/crate/1.1"
SOFTWARE, RUN = "#quotapolis", "#comparison"
MEDIA = {".parquet": "application/vnd.apache.parquet", ".svg": "image/svg+xml"}


def ro_crate(
    folder: Path, title: str, about: str, version: str, date: str, names: Iterable[str]
) -> dict[str, Any]:
    """Return the description of a results folder.

    `names` are of its files, `about` says in a sentence what was run, `date` when, as ISO 8601.
    """
    files = [_file(folder, name) for name in names]
    parts = [{"@id": one["@id"]} for one in files]
    descriptor = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CONFORMS},
        "about": {"@id": "./"},
    }
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": title,
        "description": about,
        "datePublished": date,
        "license": "Not stated: it is for whoever publishes these results to choose one.",
        "hasPart": parts,
        "mentions": {"@id": RUN},
    }
    software = {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "Quotapolis",
        "softwareVersion": version,
        "license": "https://spdx.org/licenses/MIT",
    }
    run = {
        "@id": RUN,
        "@type": "CreateAction",
        "name": f"Comparison: {title}",
        "instrument": {"@id": SOFTWARE},
        "object": {"@id": "manifest.json"},
        "result": [part for part in parts if part["@id"] != "manifest.json"],
        "endTime": date,
    }
    return {"@context": CONTEXT, "@graph": [descriptor, root, *files, software, run]}


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    kind = MEDIA.get(path.suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    words: dict[str, Any] = {
        "@id": name,
        "@type": "File",
        "name": path.stem.replace("_", " "),
        "encodingFormat": kind,
    }
    if name == "manifest.json":  # still written to: its size and hash would not hold
        return words
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return words | {"contentSize": str(path.stat().st_size), "sha256": digest}
