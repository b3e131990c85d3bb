"""The checker of signatures in the tests: an int passes for a float, as for type checkers."""

from beartype import BeartypeConf, beartype

checked = beartype(conf=BeartypeConf(is_pep484_tower=True))
