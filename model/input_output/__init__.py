"""Input–output algebra: tables, solvers, response basis."""
