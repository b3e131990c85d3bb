"""Files of a folder or of a zip archive, opened without unpacking anything to the disk."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data.errors import InputError

LARGEST = 16 * 2**30
"""Bytes that all files of an archive may have when unpacked."""
TIGHTEST = 500
"""Times that a file may be larger than it is in the archive: numbers as text are seldom 50."""
TINY = 2**20
"""Bytes up to which a file may be packed as tightly as it likes."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder, or a zip archive, that holds a table."""

    path: Path
    names: frozenset[str]
    """Of its files, with `/` between folders."""
    zipped: bool

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """Open one of the files for reading.

        Raises
        ------
        InputError
            If there is no such file, or it is damaged.
        """
        if name not in self.names:
            raise InputError(f"{self.path}: holds no {name}")
        try:
            if not self.zipped:
                with (self.path / name).open("rb") as stream:
                    yield stream
                return
            with zipfile.ZipFile(self.path) as archive, archive.open(name) as stream:
                yield stream
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise InputError(f"{self.path}: {name} is damaged ({error}); fetch it anew") from error


def archive_of(path: Path) -> Archive:
    """Return the files of a folder or a zip archive.

    Raises
    ------
    InputError
        If it is neither, or the archive would unpack to more than can be meant.
    """
    if path.is_dir():
        files = (file for file in path.rglob("*") if file.is_file())
        return Archive(path, frozenset(file.relative_to(path).as_posix() for file in files), False)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: is no zip archive, or one cut short; fetch it anew") from error
    whole = sum(entry.file_size for entry in entries)
    packed = [
        entry.filename
        for entry in entries
        if entry.file_size > max(TINY, TIGHTEST * entry.compress_size)
    ]
    if whole > LARGEST or packed:
        raise InputError(
            f"{path}: would unpack to {whole:.3g} bytes{f' ({packed[0]})' if packed else ''}, which"
            " no table needs; nothing was unpacked"
        )
    return Archive(path, frozenset(entry.filename for entry in entries), True)
