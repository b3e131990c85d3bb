"""A study of every market, as a program of its own: processor_study.py OUT."""

import sys

from test_executors import InTurn

from analysis import compare
from data.compiled.synthetic import small_economy
from scenarios import read_experiment


def main() -> None:
    markets = read_experiment("markets", ["horizon.end=2016"]).model_copy(
        update={"replications": 1}
    )
    compare(markets, economy=small_economy(), out=sys.argv[1], executor=InTurn(), pictures=False)


if __name__ == "__main__":
    main()
