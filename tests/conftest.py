"""What every test shares: shapes checked at run time, one property profile, two economies."""

import jaxtyping
import pytest
from hypothesis import settings

# Before anything imports `model`: from here on a wrong shape is an error at an equation's door.
jaxtyping.install_import_hook("model", "beartype.beartype")

settings.register_profile("quotapolis", max_examples=25, deadline=None, derandomize=True)
settings.load_profile("quotapolis")


@pytest.fixture(scope="session")
def small():
    """Return the invented economy: 3 provinces, 8 cities, 5 sectors."""
    from data.compiled.synthetic import small_economy

    return small_economy()


@pytest.fixture(scope="session")
def full():
    """Return the economy of 313 regions in 2012, from the user's cache or compiled now."""
    from data.compiled.cache import load_economy

    return load_economy(2012)
