"""The figures' tables on disk, each verified against its checksum before it is read."""

import hashlib
import json
from importlib import resources
from io import BytesIO
from pathlib import Path

import pandas as pd

from data.errors import InputError


def folder() -> Path:
    """Return the folder of the tables that come with the project."""
    return Path(str(resources.files("data"))) / "tables"


def manifest() -> dict[str, str]:
    """Return the SHA-256 of every table by file name, as committed in `data/manifest.json`."""
    text = (folder().parent / "manifest.json").read_text(encoding="utf-8")
    return {str(name): str(digest) for name, digest in json.loads(text).items()}


def verified_bytes(name: str, directory: Path | None = None) -> bytes:
    """Return the content of one table, verified.

    Raises
    ------
    InputError
        If the table is missing, unknown to the manifest, or not the one the manifest names.
    """
    path = (directory or folder()) / name
    expected = manifest().get(name)
    restore = "restore it (git checkout -- data) or install the project again"
    if expected is None:
        raise InputError(f"{path}: not a table of this project; {restore}")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: this table is missing; {restore}") from None
    found = digest(content)
    if found != expected:
        raise InputError(
            f"{path}: altered: its SHA-256 is {found[:12]}…, the manifest says {expected[:12]}…;"
            f" {restore}"
        )
    return content


def verify_all(directory: Path | None = None) -> None:
    """Verify every table of the manifest; raises as `verified_bytes`."""
    for name in manifest():
        verified_bytes(name, directory)


def read_table(name: str, directory: Path | None = None) -> pd.DataFrame:
    """Return one table with its codes as text, verified; raises as `verified_bytes`."""
    codes = dict.fromkeys(("region_code", "province_code", "sector_code", "row"), str)
    return pd.read_csv(BytesIO(verified_bytes(name, directory)), dtype=codes, encoding="utf-8")


def digest(content: bytes) -> str:
    """Return the SHA-256 of a table's bytes, line ends read as LF on every system."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def renew_manifest() -> None:
    """Write the manifest anew from the tables in place; for a deliberate change of a table."""
    names = sorted(path.name for path in folder().iterdir() if path.is_file())
    digests = {name: digest((folder() / name).read_bytes()) for name in names}
    text = json.dumps(digests, indent=1) + "\n"
    (folder().parent / "manifest.json").write_text(text, encoding="utf-8")
