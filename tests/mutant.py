"""A plugin of pytest for mutation testing: one source changed, or the functions each test calls.

MUTANT names a file within the project and MUTANT_SOURCE a file with what it shall hold; CALLS names
a folder for what each test calls.
"""

import json
import os
import sys
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def serve(name: str, text: bytes) -> None:
    """Have a file read as another text, by whatever imports it; the file itself is not touched."""
    place, stats, read = str(ROOT / name), SourceFileLoader.path_stats, SourceFileLoader.get_data

    def path_stats(self, path):
        if path == place:
            raise OSError("its bytecode is of another text")
        return stats(self, path)

    def get_data(self, path):
        return text if path == place else read(self, path)

    SourceFileLoader.path_stats, SourceFileLoader.get_data = path_stats, get_data
    sys.dont_write_bytecode = True


if "MUTANT" in os.environ:
    serve(os.environ["MUTANT"], Path(os.environ["MUTANT_SOURCE"]).read_bytes())

FLOORS = (f"{ROOT / 'model'}{os.sep}", f"{ROOT / 'simulation'}{os.sep}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """Note which functions of the floors a test calls."""
    if "CALLS" not in os.environ:
        yield
        return
    seen: set = set()
    names: set[str] = set()

    def note(frame, event, argument) -> None:
        code = frame.f_code
        if code not in seen:
            seen.add(code)
            if code.co_filename.startswith(FLOORS):
                file = Path(code.co_filename).relative_to(ROOT).as_posix()
                names.add(f"{file}:{code.co_qualname}")

    begin = time.process_time()
    sys.settrace(note)
    yield
    sys.settrace(None)
    took = time.process_time() - begin
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with (Path(os.environ["CALLS"]) / f"{worker}.jsonl").open("a", encoding="utf-8") as notes:
        notes.write(json.dumps([item.nodeid.partition("[")[0], took, sorted(names)]) + "\n")
