"""One source read as another text, in this process: MUTANT names the file within the project.

MUTANT_SOURCE names the file with what it shall hold. The file itself is not touched.
"""

import os
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).parents[1]


def serve(name: str, text: bytes) -> None:
    """Have whatever imports a file read another text."""
    place, stats, read = str(ROOT / name), SourceFileLoader.path_stats, SourceFileLoader.get_data

    def path_stats(self, path):
        if path == place:
            raise OSError("its bytecode is of another text")
        return stats(self, path)

    def get_data(self, path):
        return text if path == place else read(self, path)

    SourceFileLoader.path_stats, SourceFileLoader.get_data = path_stats, get_data
    sys.dont_write_bytecode = True


serve(os.environ["MUTANT"], Path(os.environ["MUTANT_SOURCE"]).read_bytes())
