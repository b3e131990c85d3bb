"""A plugin of pytest: the functions that each test calls, noted in the folder CALLS."""

import json
import os
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = (f"{ROOT / 'model'}{os.sep}", f"{ROOT / 'simulation'}{os.sep}")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item, nextitem):
    """Note which functions of the floors a test calls."""
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
