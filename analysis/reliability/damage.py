"""Damage to a file: what disks, crashes and hands do to it."""

from pathlib import Path

import numpy as np

from analysis.reliability.drawing import one_of

DAMAGES = ("cut", "emptied", "flipped", "zeroed", "longer", "swapped", "deleted", "edited")


def damage(folder: Path, rng: np.random.Generator) -> str:
    """Damage one file of a folder, and return what was done."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    path, other = (files[n] for n in rng.integers(len(files), size=2))
    way = one_of(rng, DAMAGES)
    content = bytearray(path.read_bytes())
    path.unlink()  # it may be a link to what others read
    at = int(rng.integers(max(len(content), 1)))
    if way == "cut":
        content = content[:at]
    elif way == "emptied":
        content.clear()
    elif way == "flipped" and content:
        content[at] ^= 1 << int(rng.integers(8))
    elif way == "zeroed":
        content[at:] = bytes(len(content) - at)
    elif way == "longer":
        content += bytes(16)
    elif way == "swapped" and other != path:
        content = bytearray(other.read_bytes())
    elif way == "edited":
        content = content.replace(b'"', b'"x', 1).replace(b"1", b"7", 1)
    if way != "deleted":
        path.write_bytes(content)
    return f"{path.relative_to(folder)} {way}"
