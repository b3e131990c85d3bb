"""The machine that figures were measured on, without saying whose it is."""

import os
import platform

import numpy as np
import scipy
from threadpoolctl import threadpool_info


def machine() -> str:
    """Return cores, memory, interpreter and libraries in one sentence."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    pools.sort(key=lambda pool: "numpy" not in pool["filepath"])
    blas = pools[0] if pools else None
    algebra = "an unknown BLAS"
    if blas is not None:
        kernels = f", {blas['architecture']} kernels" if "architecture" in blas else ""
        threads = f"{blas['num_threads']} thread{'s' * (blas['num_threads'] > 1)}"
        algebra = f"{blas['internal_api']} {blas['version']} on {threads}{kernels}"
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {gigabytes:.0f} GB of memory,"
        f" {platform.system()}, Python {platform.python_version()}, numpy {np.__version__},"
        f" scipy {scipy.__version__}, {algebra}"
    )
