"""Running experiments: runs, workers, results directories, identity."""
