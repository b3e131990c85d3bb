"""What every test shares: shapes checked at run time, one property profile, three economies."""

import os

import pytest
import shape_checks
from hypothesis import settings
from threadpoolctl import threadpool_limits

# Workers of pytest share the processors already: more threads in each wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
threadpool_limits(1)

# Before anything imports them: from here on a wrong shape is an error at a function's door.
shape_checks.install()

os.environ.pop("COLUMNS", None)  # some runners set it; what is printed must not hang on theirs

pytest_plugins = ["at_the_door"]

settings.register_profile("quotapolis", max_examples=25, deadline=None, derandomize=True)
settings.load_profile("quotapolis")


@pytest.fixture(scope="module", autouse=True)
def no_words_of_other_economies():
    """Forget the places and sectors of economies that the tests of a file imported."""
    from analysis.outcomes.shown_money import show
    from data.readers import own_labels
    from model.labels import OUR_MONEY

    yield
    own_labels.forget()
    show(OUR_MONEY)


@pytest.fixture(scope="module", autouse=True)
def shapes_are_checked_in_every_file() -> None:
    shape_checks.begin_file()


@pytest.fixture(scope="session")
def small():
    """Return the invented economy: 3 provinces, 8 cities, 5 sectors."""
    from data.compiled.synthetic import small_economy

    return small_economy()


@pytest.fixture(scope="module")
def price_alone():
    """Draw the price alone of an experiment; what is drawn of it has tests of its own."""
    from analysis.figures import gallery

    every = gallery.pictures
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gallery, "pictures", lambda *given: {"price": every(*given)["price"]})
        yield


@pytest.fixture
def compiles(monkeypatch, tmp_path) -> list[str]:
    """Keep the cache in a folder of the test; count how often the small economy is compiled."""
    from invented import economy_of

    from data.compiled import cache, kept_economy
    from data.compiled.synthetic import small_figures

    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path / "cache"))
    times: list[str] = []

    def compile_economy(*_: object):
        times.append("compiled")
        return economy_of(0)

    monkeypatch.setattr(cache, "compile_economy", compile_economy)
    known = small_figures(0)
    monkeypatch.setattr(cache, "read_figures", lambda *_: known)
    for reader, figures in (
        ("read_regions", known.regions),
        ("read_sectors", known.sectors),
        ("read_city_statistics", known.statistics),
        ("read_prospects", known.prospects),
        ("read_records", known.records),
    ):
        monkeypatch.setattr(kept_economy, reader, lambda *_, figures=figures: figures)
    return times


@pytest.fixture(scope="session")
def full_laboratory(full):
    """Return a laboratory of the compiled economy of 2012."""
    from simulation.laboratory import Laboratory

    return Laboratory(full)


@pytest.fixture(scope="session")
def full():
    """Return the economy of 313 regions in 2012, from the user's cache or compiled now."""
    return compiled(2012)


@pytest.fixture(scope="session")
def full_2017():
    """Return the economy of 313 regions in 2017, from the user's cache or compiled now."""
    return compiled(2017)


def compiled(year):
    """Return the economy of a year; of several processes that need it one compiles it."""
    from filelock import FileLock

    from data.compiled.cache import cache_folder, load_economy

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / f"economy-{year}.lock"):
        return load_economy(year)
