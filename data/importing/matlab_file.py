"""Variables of a MATLAB file, of any version, at the top or within structs."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.io import loadmat
from scipy.io.matlab import MatReadError

from data.errors import InputError

MOST = 6 * 2**30
"""Bytes that the variables of a file may take in memory."""
DEEPEST = 3
"""Structs within structs that are looked into."""
COMPRESSED = 15
"""Type of an element that is packed (MAT-file format, version 5)."""
HEADER = 128
HDF5 = b"\x89HDF\r\n\x1a\n"
Variables = Mapping[str, Any]
DAMAGE = (ValueError, TypeError, OSError, EOFError, KeyError, IndexError, OverflowError,
          NotImplementedError, zlib.error, struct.error, MatReadError)  # fmt: skip
"""What scipy raises for a file that is damaged or none of MATLAB's."""


def read_matlab(path: Path) -> list[Variables]:
    """Return the variables of a file, then those of each struct in it, by their names.

    Raises
    ------
    InputError
        If the file is damaged, none of MATLAB's, or would take more memory than a table needs.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(HEADER + 4 * 2**10)
        if start.startswith(HDF5) or start[512:].startswith(HDF5):
            return _read_hdf5(path)
        unpacked = _unpacked(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    if unpacked > MOST:
        raise InputError(f"{path}: would take {unpacked:.2g} bytes, which no table needs")
    try:
        content = loadmat(path, struct_as_record=True)
    except DAMAGE as error:
        raise InputError(
            f"{path}: is no MATLAB file, or a damaged one ({_line(error)}); fetch it anew"
        ) from error
    top = {name: value for name, value in content.items() if not name.startswith("__")}
    return [top, *_structs(top, DEEPEST)]


def _structs(variables: Variables, depth: int) -> Iterator[Variables]:
    for value in variables.values():
        if isinstance(value, np.ndarray) and value.dtype.names and value.size == 1 and depth:
            inner = {name: value[name].flat[0] for name in value.dtype.names}
            yield inner
            yield from _structs(inner, depth - 1)


def _unpacked(path: Path) -> int:
    """Return how many bytes the elements of a file of versions 5 to 7 have when unpacked."""
    total = 0
    with path.open("rb") as stream:
        start = stream.read(HEADER)
        order = ">" if start[126:128] == b"MI" else "<"
        while len(tag := stream.read(8)) == 8 and total <= MOST:
            kind, size = struct.unpack(f"{order}II", tag)
            if kind == COMPRESSED:
                total += _inflated(stream.read(size))
            else:
                total += size
                stream.seek(size, 1)
    return total


def _inflated(packed: bytes) -> int:
    inflate, total = zlib.decompressobj(), 0
    try:
        while packed and total <= MOST and not inflate.eof:
            total += len(inflate.decompress(packed, 2**24))
            packed = inflate.unconsumed_tail
    except zlib.error:  # scipy says so in a moment
        return total
    return total


def _read_hdf5(path: Path) -> list[Variables]:
    try:
        import h5py
    except ImportError as error:
        raise InputError(
            f"{path}: is of MATLAB 7.3; install h5py to read it: pip install 'quotapolis[import]'"
        ) from error
    try:
        with h5py.File(path) as file:
            groups = [file]
            for _ in range(DEEPEST):
                groups += [
                    part
                    for group in groups
                    for name, part in group.items()
                    if isinstance(part, h5py.Group) and not name.startswith("#")
                    and part not in groups
                ]  # fmt: skip
            arrays = [
                {name: part for name, part in group.items() if isinstance(part, h5py.Dataset)}
                for group in groups
            ]
            total = sum(part.size * 8 for group in arrays for part in group.values())
            if total > MOST:
                raise InputError(f"{path}: would take {total:.2g} bytes, which no table needs")
            return [
                {name: part[()].T for name, part in group.items() if part.dtype.kind in "fiu"}
                for group in arrays
            ]
    except (*DAMAGE, RuntimeError) as error:
        raise InputError(f"{path}: is damaged ({_line(error)}); fetch it anew") from error


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
