"""Pictures of an experiment: all there, the same twice, readable without the code."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.figures import (
    alluvial,
    auction_revenue,
    difference_map,
    emissions,
    fan,
    price,
    price_spread,
    trade_off,
)
from analysis.figures import who_pays as who_pays_picture
from analysis.figures.class_map import class_map
from analysis.figures.courses import national_courses, replications_note
from analysis.figures.evidence import Evidence
from analysis.figures.gallery import draw_gallery, pictures
from analysis.figures.outlines import albers
from analysis.figures.pages import pages
from analysis.figures.picture_data import picture_data
from analysis.figures.price import headline, prices_of
from analysis.figures.style import CLASSES, arm_looks, institution_words, label
from analysis.figures.typography import our_typography
from analysis.outcomes.arms import Arms
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.class_changes import ClassChanges
from analysis.outcomes.incidence import BURDENS, FIFTHS
from analysis.outcomes.outcomes import OUTCOMES
from analysis.verdicts.verdict import Verdict, verdict
from scenarios import read_experiment

PICTURES = {"emissions", "price", "classes_scored", "classes_policy", "moves_scored",
            "moves_policy", "mitigation_scored", "mitigation_additional",
            "ranked_dots", "who_pays", "map_classes", "map_difference"}  # fmt: skip
CODES = ("110000", "120000", "130100")
ARMS = ("no_policy", "grandfathering+no_trade", "equal_per_capita+exchange")


def tables(arms=ARMS, codes=CODES, replications=2, price=60.0):
    """An invented experiment of three years."""
    rng = np.random.default_rng(0)
    index = pd.MultiIndex.from_product(
        [arms, range(replications), range(2013, 2016), codes],
        names=["arm", "replication", "year", "region_code"],
    )
    cities = index.to_frame(index=False)
    for name in ("local", "outsourced"):
        for reading in ("mitigation", "additional"):
            cities[f"{name}_{reading}"] = rng.uniform(0, 1e6, len(cities))
    cities["emissions"] = rng.uniform(1e6, 1e7, len(cities))
    for reading in ("class_scored", "class_policy", "class_rolling", "class_policy_recent"):
        cities[reading] = rng.integers(0, 4, len(cities))
    national = cities.groupby(["arm", "replication", "year"], sort=False).size().reset_index()
    national["emissions"] = rng.uniform(9e9, 1e10, len(national))
    national["cap"] = np.where(national["arm"] == "no_policy", np.nan, 9e9)
    traded = national["arm"].str.endswith("exchange")
    national["price"] = np.where(traded, price, np.nan)
    national["price_spread"] = np.where(traded, 0.0, np.nan)
    national["auction_revenue"] = 0.0
    return cities, national


def named(national: pd.DataFrame) -> Arms:
    """Return the arms of a table by their names."""
    return Arms.named(national["arm"].unique(), "no_policy")


def verdicts(national: pd.DataFrame, means=None) -> dict[str, Verdict]:
    """Return verdicts on outcomes, whose means by arm are invented where they are not given."""
    rng = np.random.default_rng(1)
    arms = [str(arm) for arm in national["arm"].unique()]
    number = national["replication"].nunique()
    known = {outcome.word: outcome for outcome in OUTCOMES}
    found = {}
    for word in ("emissions", "abatement_cost", "borne_poorest"):
        given = (means or {}).get(word, {})
        middle = [given.get(arm, 5.0 + place) for place, arm in enumerate(arms)]
        values = pd.DataFrame(middle + rng.normal(0, 0.01, (number, len(arms))), columns=arms)
        found[word] = verdict(known[word], values, "no_policy", 2015)
    return found


def who_pays(arms: Arms) -> pd.DataFrame:
    """Return an invented burden of each fifth."""
    rows = [
        (arm, burden, fifth, 0.1 * fifth, 0.1 * fifth - 0.02, 0.1 * fifth + 0.02)
        for arm in arms.labels
        for burden in BURDENS
        for fifth in FIFTHS
    ]
    return pd.DataFrame(rows, columns=["arm", "burden", "fifth", "mean", "low", "high"])


def evidence(tables, judged=None) -> Evidence:
    cities, national = tables
    summary, changes = CitySummary(), ClassChanges()
    for (arm, replication), rows in cities.groupby(["arm", "replication"], sort=False):
        table = pa.Table.from_pandas(rows, preserve_index=False)
        summary.add(arm, replication, table)
        changes.add(arm, table)
    arms = named(national)
    found = verdicts(tables[1]) if judged is None else judged
    return Evidence(summary, national, changes, arms, found, who_pays(arms))


def gallery(tables, folder, *, drawing=None):
    """Draw an experiment's pictures, or some of them by name."""

    def some(*given):
        drawn = pictures(*given)
        return {name: drawn[name] for name in drawing or drawn}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.figures.gallery.pictures", some)
        return draw_gallery(evidence(tables), folder)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Return the pictures of the invented experiment, once."""
    return gallery(tables(), tmp_path_factory.mktemp("drawn"))


def test_every_picture_is_drawn_as_png_and_svg(drawn) -> None:
    both = {f"{picture}.{kind}" for picture in PICTURES for kind in ("png", "svg")}
    found = {path.name for path in drawn}
    assert {name for name in found if not name.endswith(".csv")} == both
    assert {path.name for path in drawn[0].parent.iterdir()} == found
    assert all(path.stat().st_size > 1000 for path in drawn if path.suffix != ".csv")


def test_the_numbers_of_a_picture_stand_beside_it_as_a_table(drawn) -> None:
    folder = drawn[0].parent
    told = pd.read_csv(folder / "emissions.csv").set_index(["arm", "year"])["mean"]
    means = tables()[1].groupby(["arm", "year"])["emissions"].mean()
    assert told.sort_index().to_numpy() == pytest.approx(means.sort_index().to_numpy())
    assert not (folder / "auction_revenue.csv").exists()


FOUR = ("no_policy", "a", "b", "c", "d")


def test_the_front_holds_the_arms_that_no_other_beats() -> None:
    """Emissions 1, 2, 3, 3 and cost 3, 2, 1, 2.5: the last is beaten by the second."""
    given = tables(arms=FOUR, replications=6)
    means = {
        "emissions": dict(zip(FOUR, (9, 1, 2, 3, 3), strict=True)),
        "abatement_cost": dict(zip(FOUR, (0, 3, 2, 1, 2.5), strict=True)),
    }
    shown = evidence(given, verdicts(given[1], means))
    table = picture_data(shown)["trade_off"].set_index("arm")
    assert table["front"].to_dict() == {"a": True, "b": True, "c": True, "d": False}
    assert "3 of 4 arms are on the front" in trade_off.headline(table)


@pytest.mark.parametrize("spread", [0.03, 0.06, 0.3, 2.0])
def test_marks_on_the_axes_of_the_trade_off_stand_where_they_say(spread) -> None:
    given = tables(arms=FOUR, replications=6)
    means = {
        "emissions": dict(zip(FOUR, 8.7 + spread * np.array([9, 0, 0.3, 0.7, 1]), strict=True)),
        "abatement_cost": dict(zip(FOUR, (0, 3, 2, 1, 2.5), strict=True)),
    }
    for figure in trade_off.picture(verdicts(given[1], means)):
        named = [ax for ax in figure.axes if ax.get_xlabel() and ax.get_ylabel()]
        for axis in (axis for ax in named for axis in (ax.xaxis, ax.yaxis)):
            for tick, word in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
                said = word.get_text().replace("−", "-").replace(",", "")
                assert not said or float(said) == pytest.approx(tick, abs=1e-9)


def test_arms_are_ranked_by_their_paired_difference_from_the_best() -> None:
    given = tables(arms=FOUR[:4], replications=6)
    means = {"emissions": dict(zip(FOUR, (9, 3, 1, 3.001), strict=False))}
    shown = evidence(given, verdicts(given[1], means))
    table = picture_data(shown)["ranked_dots"].set_index("outcome").loc["emissions"]
    assert set(table["arm"][:1]) == {"b"}
    assert table["difference"].to_numpy() == pytest.approx([0.0, 2.0, 2.0], abs=0.05)
    assert table["groups"].tolist() == ["a", "b", "b"]
    assert table["like_best"].tolist() == [True, False, False]


def test_outcomes_in_which_all_arms_are_alike_have_no_panel() -> None:
    given = tables(replications=6)
    found = verdicts(given[1])
    alike = found["abatement_cost"].values * 0.0
    judged = found["abatement_cost"]
    found["abatement_cost"] = verdict(judged.outcome, alike, "no_policy", 2015)
    shown = picture_data(evidence(given, found))["ranked_dots"]
    assert set(shown["outcome"]) == {"emissions", "borne_poorest"}


def test_the_title_of_who_pays_counts_arms_that_surely_burden_the_poorest_more() -> None:
    rows = who_pays(named(tables(arms=FOUR)[1]))
    text = who_pays_picture.headline(rows[rows["arm"] != "no_policy"])
    assert "surely more than the richest under 4 of 4 arms" in text
    rows[["low", "high"]] = [-1.0, 1.0]
    text = who_pays_picture.headline(rows[rows["arm"] != "no_policy"])
    assert "surely more than the richest under 0 of 4 arms" in text


@pytest.mark.parametrize(("spread", "drawn"), [(0.2e9, True), (0.005e9, False)])
def test_a_fan_to_the_cap_is_drawn_where_its_bands_are_seen(spread, drawn) -> None:
    _, national = tables(arms=("no_policy", "mine"), replications=9)
    policy = national["arm"] == "mine"
    national["emissions"] = 10e9
    national.loc[policy, "emissions"] = 9e9 + spread * (national["replication"] - 4.0)
    assert fan.drawable(national, "no_policy") is drawn
    row = fan.fans_of(national).loc[("mine", 2015)]
    assert row[["q25", "q50", "q75"]].tolist() == pytest.approx(
        [9e9 - 2 * spread, 9e9, 9e9 + 2 * spread]
    )
    with our_typography():
        (page,) = fan.picture(national, "no_policy")
    said = {text.get_text() for text in page.axes[0].texts}
    assert said == {"cap", "no policy"}


@pytest.mark.parametrize(("replications", "beyond"), [(39, 0), (40, 2)])
def test_a_band_is_the_range_of_few_replications_and_95_percent_of_many(
    replications, beyond
) -> None:
    _, national = tables(arms=("mine",), replications=replications)
    last = national[national["year"] == 2015]["emissions"]
    band = national_courses(national, "emissions").loc[("mine", 2015)]
    assert ((last < band["low"]) | (last > band["high"])).sum() == beyond
    kind = "95 %" if beyond else "the range"
    assert f"bands {kind} of the replications." in replications_note(national)


def test_few_replications_have_no_fan() -> None:
    _, national = tables(replications=4)
    assert not fan.drawable(national, "no_policy")


def test_one_replication_ranks_nothing() -> None:
    assert "ranked_dots" not in pictures(evidence(tables(replications=1)))


def test_the_map_of_differences_pairs_replications_and_says_who_surely_emits_less() -> None:
    """One city emits 10 % less in every replication; of another nobody can say."""
    cities, national = tables(arms=("no_policy", "mine"), replications=2)
    cities = cities.sort_values(["arm", "replication", "year", "region_code"], ascending=[
        False, True, True, True])  # fmt: skip
    mine = (cities["arm"] == "mine").to_numpy()
    factors = {"110000": (0.9, 0.9), "120000": (0.5, 1.5), "130100": (1.2, 1.2)}
    cities["emissions"] = 1e6 * (1 + cities["replication"])
    for code, of in factors.items():
        for number, factor in enumerate(of):
            rows = mine & (cities["region_code"] == code) & (cities["replication"] == number)
            cities.loc[rows, "emissions"] = 1.5e6 * (factor - 1) + 1e6 * (1 + number)
    shown = picture_data(evidence((cities, national)))["map_difference"]
    table = shown.set_index("region_code")
    assert table["mean"].to_numpy() == pytest.approx([-10.0, 0.0, 20.0])
    assert table.loc["120000", "low"] < -100 < 100 < table.loc["120000", "high"]
    said = difference_map.headline(shown.set_index(["arm", "region_code"]), 2015, "no_policy")
    assert said == "1 of 3 cities surely emit less than with no policy in 2015, 1 surely more"


def test_who_pays_is_not_drawn_where_a_fifth_has_no_city() -> None:
    shown = evidence(tables())
    assert "who_pays" in pictures(shown)
    shown.who_pays.loc[shown.who_pays["fifth"] == 5, ["mean", "low", "high"]] = np.nan
    assert "who_pays" not in pictures(shown)


def test_two_policies_are_no_trade_off_worth_a_picture() -> None:
    assert "trade_off" not in pictures(evidence(tables()))
    assert "trade_off" in pictures(evidence(tables(arms=FOUR)))


def test_two_drawings_are_the_same_to_the_byte(drawn, tmp_path) -> None:
    for one, other in zip(drawn, gallery(tables(), tmp_path), strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_no_word_of_the_code_stands_in_a_picture(drawn) -> None:
    for path in drawn:
        if path.suffix == ".svg":
            text = path.read_text(encoding="utf-8")
            for word in ("no_trade", "no_policy", "class_", "equal_per", "_mitigation", "nan"):
                assert f">{word}" not in text, (path.name, word)
                assert word not in text.split("<defs>")[0] or word == "nan", (path.name, word)
            assert "No policy" in text or path.stem not in ("emissions", "classes_scored")


def test_the_price_picture_says_when_nothing_was_traded(tmp_path) -> None:
    gallery(tables(price=np.nan), tmp_path, drawing=["price"])
    assert "No price: nothing was traded" in (tmp_path / "price.svg").read_text(encoding="utf-8")


def test_cities_off_the_map_have_no_map() -> None:
    drawn = pictures(evidence(tables(codes=("x0", "x1"))))
    assert {*drawn} == PICTURES - {"map_classes", "map_difference"}


@pytest.mark.parametrize("arms", [("no_policy",), ("no_policy", "mine")])
def test_any_experiment_can_be_drawn(arms, tmp_path) -> None:
    assert gallery(tables(arms=arms, replications=1), tmp_path)


MANY = ("no_policy", *(f"rule_{i}+{way}" for i in range(13) for way in ("exchange", "no_trade")))


def titles(figures: list[Figure]) -> list[list[str]]:
    """Return the titles of the panels, page by page."""
    return [[ax.get_title(loc="left") for ax in figure.axes] for figure in figures]


@pytest.mark.parametrize("picture", [emissions.picture, price.picture, auction_revenue.picture])
def test_many_arms_have_a_panel_a_rule_over_several_pages(picture) -> None:
    _, national = tables(arms=MANY, codes=("x0", "x1"), replications=1)
    national["auction_revenue"] = np.where(national["arm"].str.endswith("exchange"), 1e9, 0.0)
    with our_typography():
        first, second = titles(picture(national, named(national)))
    assert first + second == [f"Rule {i}" for i in range(13)]


def test_alluvials_of_many_arms_fill_pages_of_twelve() -> None:
    cities, _ = tables(arms=MANY, codes=("x0", "x1"), replications=1)
    summary, changes = CitySummary(), ClassChanges()
    for arm, rows in cities.groupby("arm", sort=False):
        table = pa.Table.from_pandas(rows, preserve_index=False)
        summary.add(arm, 0, table)
        changes.add(arm, table)
    with our_typography():
        parts = titles(alluvial.picture(changes, summary, "no_policy", "class_policy_recent"))
    assert [len(part) for part in parts] == [9, 9, 8]


@pytest.mark.parametrize("arms", [1, 3, 12, 13, 25, 33, 100])
def test_no_page_holds_more_than_twelve_panels_and_none_is_lost(arms: int) -> None:
    names = [str(number) for number in range(arms)]
    parts = pages(names)
    assert [name for part in parts for name in part] == names
    assert len(parts) == -(-arms // 12)
    assert max(map(len, parts)) <= 12


def test_many_arms_that_share_a_rule_have_a_panel_each() -> None:
    arms = ("no_policy", *(f"rule+way_{i}" for i in range(11)))
    _, national = tables(arms=arms, codes=("x0", "x1"), replications=1)
    with our_typography():
        (page,) = titles(emissions.picture(national, named(national)))
    assert page == [f"Rule, way {i}" for i in range(11)]


def test_the_spread_of_prices_and_the_revenue_of_auctions_are_drawn_where_there_are_any(
    tmp_path,
) -> None:
    cities, national = tables(arms=("no_policy", "mine+bilateral", "mine+exchange"))
    pairs = national["arm"] == "mine+bilateral"
    national.loc[pairs, ["price", "price_spread", "auction_revenue"]] = [60.0, 20.0, 3e9]
    assert {*pictures(evidence((cities, national)))} == PICTURES | {
        "price_spread",
        "auction_revenue",
    }
    gallery((cities, national), tmp_path, drawing=["price_spread", "auction_revenue"])
    spread = (tmp_path / "price_spread.svg").read_text(encoding="utf-8")
    assert "prices of a year spread by 20 CNY/t" in spread
    revenue = (tmp_path / "auction_revenue.svg").read_text(encoding="utf-8")
    assert "Auctions bring in 3.0 bn CNY a year" in revenue


def test_the_alluvial_says_how_many_move(tmp_path) -> None:
    """All three cities are strong in 2013 and 2014, weak in 2015: nobody, then everybody moves."""
    cities, national = tables(arms=("no_policy", "mine"), replications=2)
    cities["class_policy_recent"] = np.where(cities["year"] == 2015, 1, 0)
    gallery((cities, national), tmp_path, drawing=["moves_policy"])
    text = (tmp_path / "moves_policy.svg").read_text(encoding="utf-8")
    assert "In one year at most 100 % of cities change their class, by arm, 2013 to 2015" in text
    assert text.count(">3<") == 2


def test_names_of_the_code_become_words_of_the_field() -> None:
    assert label("gdp_proportional+no_trade") == "GDP proportional, no trade"
    assert label("equal_mac") == "Equal MAC"
    assert institution_words("strict") == "under strict enforcement"


def test_headlines_carry_the_numbers_of_the_data(tmp_path) -> None:
    cities, national = tables(arms=("no_policy", "mine"), replications=1)
    cities["class_policy"] = 0
    gallery((cities, national), tmp_path, drawing=["map_classes"])
    text = (tmp_path / "map_classes.svg").read_text(encoding="utf-8")
    assert "3 of 3 cities gain from the policy" in text


def test_the_projection_keeps_areas() -> None:
    """Cells of one degree at 30° N and at 50° N have areas in the ratio of cos φ."""

    def area(lat: float) -> float:
        corners = albers(np.array([110.0, 111.0, 111.0, 110.0]), lat + np.array([0, 0, 1.0, 1.0]))
        x, y = corners.T
        return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)

    expected = np.cos(np.radians(50.5)) / np.cos(np.radians(30.5))
    assert area(50.0) / area(30.0) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize(("inner", "outer"), [(1, 2), (2, 1)])
def test_a_city_inside_another_is_not_painted_over(inner, outer) -> None:
    """Karamay (650200) lies inside Tacheng (654200)."""
    figure = Figure(figsize=(6, 6))
    canvas = FigureCanvasAgg(figure)
    kinds = pd.Series({"650200": inner, "654200": outer})
    ax = class_map(figure.add_axes((0, 0, 1, 1)), kinds, names=False)
    canvas.draw()
    x, y = ax.transData.transform(albers(np.array([84.87]), np.array([45.59])))[0]
    pixels = np.asarray(canvas.buffer_rgba())
    red, green, blue = (int(part) for part in pixels[len(pixels) - 1 - int(y), int(x), :3])
    assert f"#{red:02X}{green:02X}{blue:02X}" == CLASSES[inner].colour


@pytest.mark.parametrize(("last", "says"), [(90.0, "rises"), (45.0, "tonne: ")])
def test_a_rise_of_the_price_is_said_only_beyond_chance(last, says) -> None:
    _, national = tables(arms=("no_policy", "a+exchange"))
    traded = national["arm"] != "no_policy"
    national.loc[traded, "price"] = 40.0 + 10 * national["replication"]
    national.loc[traded & (national["year"] == 2015), "price"] = last
    assert says in headline(prices_of(national, named(national)))


def test_arms_of_any_name_are_grouped_by_the_rule_and_institution_of_their_scenarios() -> None:
    """Two arms named at will lie in one panel of their rule, told apart by their institution."""
    whole = read_experiment("markets")
    names = ("no_policy", *(f"greek_{i}" for i in range(len(whole.arms) - 1)))
    arms = tuple(
        arm.model_copy(update={"name": name}) for arm, name in zip(whole.arms, names, strict=True)
    )
    by_name, at_will = Arms.of(whole), Arms.of(whole.model_copy(update={"arms": arms}))
    for arm, name in zip(whole.arms, names, strict=True):
        assert at_will.labels[name] == by_name.labels[arm.name]
    assert at_will.way("greek_3") == "no_trade"
    _, national = tables(arms=names, codes=("x0", "x1"), replications=1)
    national["price"], national["price_spread"] = 60.0, 5.0
    with our_typography():
        assert titles(price_spread.picture(national, at_will)) == [
            ["Grandfathering", "Equal per capita"]
        ]


def test_two_arms_of_one_rule_share_its_colour_and_differ_in_line() -> None:
    whole = read_experiment("markets")
    arms = tuple(
        arm.model_copy(update={"name": name})
        for arm, name in zip(
            (whole.arms[0], whole.arms[1], whole.arms[4]), ("none", "alpha", "beta"), strict=True
        )
    )
    experiment = whole.model_copy(update={"arms": arms, "reference": "none"})
    looks = arm_looks(["none", "alpha", "beta"], Arms.of(experiment))
    assert looks["alpha"].colour == looks["beta"].colour
    assert looks["alpha"].line != looks["beta"].line
    assert (looks["alpha"].label, looks["beta"].label) == ("Alpha", "Beta")


@pytest.mark.parametrize("name", ["behaviours", "super_emitter_transfers", "best_practice_effect"])
def test_arms_that_rule_and_institution_leave_alike_are_grouped_by_name(name) -> None:
    experiment = read_experiment(name)
    names = [arm.name for arm in experiment.arms]
    arms, by_name = Arms.of(experiment), Arms.named(names, "no_policy")
    for arm in experiment.arms:
        assert arms.group(arm.name) == by_name.group(arm.name)
        assert arms.way(arm.name) == by_name.way(arm.name)
        assert arms.labels[arm.name].rule == arm.scenario.allocation.rule


@pytest.mark.parametrize(
    ("last", "says"), [(60.0, ""), (120.0, "; standard deviation over the years 43 % of the mean")]
)
def test_the_title_of_prices_says_how_far_they_swing_where_that_is_far(last, says) -> None:
    """60, 60, 120 CNY/t: mean 80, standard deviation 34.6."""
    _, national = tables()
    national.loc[national["price"].notna() & (national["year"] == 2015), "price"] = last
    assert price.dispersion(prices_of(national, named(national))) == says
