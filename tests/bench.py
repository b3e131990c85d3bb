"""Benchmarks: time and peak memory of the main steps, as ratios within one run.

Every step is measured in a process of its own, so that its peak memory is its own. The unit of the
ratios is one application of A to 313 columns on this machine, in this run.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

UNIT = "one application of A to 313 columns"
STEPS = {
    UNIT: """
economy = load_economy()
columns = np.ones((313, 42, 313))
economy.form.apply(columns)
start()
for _ in range(5):
    economy.form.apply(columns)
stop(5)
""",
    "cold compile, with response basis": """
os.environ["QUOTAPOLIS_CACHE"] = SPARE
start()
load_economy()
stop()
""",
    "of that, the tables without the basis": """
figures = read_figures(2012)
start()
compile_tables(figures, Assumptions())
stop()
""",
    "embodied intensities of all products, 313 solves": """
economy = load_economy()
start()
embodied_by_emitter(economy.form, economy.S)
stop()
""",
    "one drawn economy, compiled and evaluated": """
start()
one_draw(2012, 0, 0)
stop()
""",
    "loading the cached economy": """
start()
load_economy()
stop()
""",
    "preparing it: groups, graph, years without policy": """
economy = load_economy()
start()
laboratory = Laboratory(economy)
laboratory.without_policy(read_scenario("baseline"))
stop()
""",
    "one 18-year run of 309 cities, scored exactly": """
laboratory = Laboratory(load_economy())
scenario = read_scenario("baseline")
laboratory.run(scenario)
start()
for seed in range(5):
    laboratory.run(scenario, seed)
stop(5)
""",
    "of that, scoring one year": """
laboratory = Laboratory(load_economy())
model = laboratory.model(read_scenario("baseline"))
model.step()
start()
for _ in range(50):
    model.world.outcome(1, model.state)
stop(50)
""",
}
PREAMBLE = """
import os, time
import numpy as np
from analysis.economies import one_draw
from data.assumptions import Assumptions
from data.cache import load_economy
from data.compile import compile_tables
from data.inputs import read_figures
from model.embodied_intensity import embodied_by_emitter
from scenarios import read_scenario
from simulation.running import Laboratory
SPARE = {spare!r}
def start():
    global began
    began = time.perf_counter()
def stop(times=1):
    print((time.perf_counter() - began) / times)
"""


def measured(step: str, spare: str) -> tuple[float, float]:
    """Return seconds and peak memory in MB of a step in its own process."""
    code = PREAMBLE.format(spare=spare) + step
    before = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"a step failed after {time.perf_counter() - before:.0f} s:\n{step}")
    return float(output), usage.ru_maxrss / 1024


def main() -> None:
    """Measure every step and print the table."""
    table = Table("step", "seconds", "÷ unit", "peak memory, MB", title="Speed")
    unit = 0.0
    with tempfile.TemporaryDirectory() as spare:
        for name, step in STEPS.items():
            seconds, memory = measured(step, str(Path(spare) / "cache"))
            unit = unit or seconds
            table.add_row(name, f"{seconds:.3f}", f"{seconds / unit:.1f}", f"{memory:.0f}")
    Console(width=None if sys.stdout.isatty() else 110).print(table)


if __name__ == "__main__":
    main()
