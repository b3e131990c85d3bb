"""Pictures of Zheng et al. 2023 from invented tables: what they say, and that it can be read."""

from functools import cache
from io import BytesIO
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.figures.names_beside import write_names
from analysis.figures.outlines import outlines
from analysis.figures.scales import COOL, WARM, ink_on, shade, steps
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.reproduce.liu2015.figures import cells as liu2015_cells
from analysis.reproduce.zheng2023.figures import emitters as zheng2023_emitters
from analysis.reproduce.zheng2023.figures import flows as zheng2023_flows
from analysis.reproduce.zheng2023.figures import lorenz
from analysis.reproduce.zheng2023.figures import maps as zheng2023_maps
from analysis.reproduce.zheng2023.figures import quotas as zheng2023_quotas
from analysis.reproduce.zheng2023.figures.words import CLUSTERS, SCENARIOS

WORLD = {"world": 4.4, "EU": 8.3, "US": 18.0}
THRESHOLD = 60.0


def cities(number=309):
    """Invented cities at the codes of the study, skewed as real ones are."""
    rng = np.random.default_rng(0)
    codes = sorted(outlines().areas.keys() - outlines().whole_provinces)[:number]
    dollars = np.exp(rng.normal(8.6, 0.5, len(codes)))
    people = np.exp(rng.normal(15.0, 0.7, len(codes)))
    footprint = dollars / 1000 * np.exp(rng.normal(0.0, 0.3, len(codes)))
    rank = np.argsort(np.argsort(-dollars))
    return pd.DataFrame(
        {
            "region_code": codes,
            "city": [f"City {n}" for n in range(len(codes))],
            "quintile": [f"Q{r * 5 // len(codes) + 1}" for r in rank],
            "cluster": [list(CLUSTERS)[n % 5] for n in range(len(codes))],
            "demand_usd_per_head": dollars,
            "population": people,
            "D_pba_mt": footprint * people / 1e6 * np.exp(rng.normal(0.0, 0.8, len(codes))),
            "D_cba_mt": footprint * people / 1e6,
            "footprint_t_per_head": footprint,
            "co2_estimated": rng.random(len(codes)) < 0.2,
        }
    )


def super_emitters(table, threshold=THRESHOLD):
    above = (table[["D_cba_mt", "D_pba_mt"]] > threshold).to_numpy() @ [1, 2]
    words = np.array(["", "demand", "technology", "hybrid"])[above]
    return table.assign(pathway=words)[above > 0]


def flows(groups, first=100.0):
    pairs = [(a, b) for a in groups for b in groups]
    amount = [first if b == groups[0] else 10.0 for _, b in pairs]
    worth = [1000.0 * (groups.index(a) + 1) for a, _ in pairs]
    return pd.DataFrame(pairs, columns=["emitter", "consumer"]).assign(
        embodied_mt=amount, value_added_cny_per_t=worth
    )


def created(most=1100.0):
    amount = np.linspace(200.0, most, len(SCENARIOS))
    return pd.DataFrame(
        {
            "scenario": list(SCENARIOS),
            "of_production_mt": amount,
            "of_city_footprints_mt": 0.8 * amount,
        }
    )


def deficits():
    return pd.DataFrame(
        [
            ("Q4–Q5 to the mean of Q3", 123, 5162.5, 750.0),
            ("all below 3,600 USD to 3,600 USD", 56, 3600.0, 120.0),
            ("Q3–Q5 to the mean of Q2", 185, 6546.7, 1730.0),
        ],
        columns=["reading", "cities", "usd_per_head", "deficit_mt"],
    )


QUINTILES = [f"Q{n}" for n in range(1, 6)]
PICTURES = {
    "maps": lambda: zheng2023_maps.picture(cities(), WORLD),
    "maps_of_some": lambda: zheng2023_maps.picture(cities(number=8), WORLD),
    "flows": lambda: zheng2023_flows.picture(flows(QUINTILES), flows(list(CLUSTERS))),
    "emitters": lambda: zheng2023_emitters.picture(cities(), super_emitters(cities()), THRESHOLD),
    "emitters_without_any": lambda: zheng2023_emitters.picture(
        cities(), super_emitters(cities(), np.inf), 1e4
    ),
    "quotas": lambda: zheng2023_quotas.picture(created(), deficits(), 3.12),
    "lorenz": lambda: lorenz.picture(cities()),
}


@pytest.fixture(params=sorted(PICTURES))
def name(request):
    return request.param


@pytest.fixture(autouse=True)
def _typography():
    with our_typography():
        yield


def texts(figure: Figure) -> list[tuple[str, np.ndarray]]:
    """Return every text that is drawn, with its box in pixels: left, bottom, right, top."""
    drawn, draw = [], Text.draw

    def noted(text, renderer):
        drawn.append(text)
        draw(text, renderer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", noted)
        FigureCanvasAgg(figure).draw()
    return [
        (text.get_text(), np.ravel(Text.get_window_extent(text).get_points()))
        for text in dict.fromkeys(drawn)
        if text.get_text().strip() and text.get_visible()
    ]


@cache
def in_our_typography(name) -> tuple[Figure, list[tuple[str, np.ndarray]]]:
    """Return a picture with its texts, drawn once for all who look at it."""
    figure = PICTURES[name]()
    return figure, texts(figure)


def headline(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.texts if text.get_weight() == "bold")


def test_no_text_is_clipped_or_meets_another(name) -> None:
    figure, boxes = in_our_typography(name)
    width, height = figure.get_size_inches() * figure.get_dpi()
    for text, (left, bottom, right, top) in boxes:
        assert left >= 0, text
        assert bottom >= 0, text
        assert right <= width, text
        assert top <= height, text
    for (one, a), (other, b) in combinations(boxes, 2):
        overlap = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
        assert overlap.min() <= 1.5, (one, other)


@pytest.mark.study
def test_two_drawings_are_the_same_to_the_byte(name, tmp_path) -> None:
    for folder in ("a", "b"):
        save(PICTURES[name](), tmp_path / folder, name)
    for kind in ("png", "svg"):
        one, other = (tmp_path / folder / f"{name}.{kind}" for folder in ("a", "b"))
        assert one.read_bytes() == other.read_bytes()


def test_no_word_of_the_code_stands_in_a_picture(name) -> None:
    for text, _ in in_our_typography(name)[1]:
        assert "_" not in text, text
        assert "nan" not in text.split(), text


def test_the_maps_say_how_many_cities_are_above_the_world() -> None:
    table = cities()
    for number in (0, 7):
        table["footprint_t_per_head"] = 2.0
        table.loc[: number - 1, "footprint_t_per_head"] = 5.0
        said = headline(zheng2023_maps.picture(table, WORLD))
        assert f"{number} above the world's (4.4 t), 0 above the EU's (8.3 t)" in said


def test_the_classes_of_the_map_hold_every_city_once() -> None:
    table = cities()
    panel = zheng2023_maps.footprint_steps(table, WORLD)
    assert sum(map(int, panel.inside)) == len(table)
    above = sum(int(text) for text in panel.inside[2:])
    assert above == (table["footprint_t_per_head"] > 4.4).sum()


def test_a_city_at_a_border_is_not_above_it() -> None:
    table = cities(number=1).assign(footprint_t_per_head=4.4)
    panel = zheng2023_maps.footprint_steps(table, WORLD)
    assert panel.inside == ["0", "1", "0", "0", "0", "0"]


def test_cities_off_the_map_are_said_to_be() -> None:
    table = cities(number=3).assign(region_code=["x0", "x1", "x2"])
    said = [text for text, _ in texts(zheng2023_maps.picture(table, WORLD))]
    assert said.count("None of the cities is on the map.") == 2


def test_the_flows_say_for_whom_most_is_emitted_and_what_a_tonne_earns() -> None:
    """Of 5 × (100 + 4 × 10) Mt, 500 are for Q1; where all flows are alike, a fifth is."""
    said = headline(zheng2023_flows.picture(flows(QUINTILES), flows(list(CLUSTERS))))
    assert said.startswith("71 % of what cities emit for one another is for Q1")
    assert "1,000 CNY in Q1 and 5,000 CNY in Q5" in said
    alike = headline(zheng2023_flows.picture(flows(QUINTILES, first=10.0), flows(list(CLUSTERS))))
    assert alike.startswith("20 %")


def test_totals_of_value_added_are_weighted_by_emissions() -> None:
    """Consumers draw alike from every emitter, so their mean is (1 + … + 5)/5 thousand CNY/t."""
    data = zheng2023_flows.flows_of(flows(QUINTILES))
    assert data.embodied.loc["All", "All"] == pytest.approx(700.0)
    assert data.worth.loc["All"].to_numpy() == pytest.approx(3000.0)


def test_a_flow_of_nothing_earns_nothing_that_could_be_said() -> None:
    table = flows(QUINTILES)
    table.loc[0, ["embodied_mt", "value_added_cny_per_t"]] = 0.0, np.nan
    boxes = texts(zheng2023_flows.picture(table, flows(list(CLUSTERS))))
    assert [text for text, _ in boxes].count("–") == 1


def test_clusters_stand_in_the_order_of_the_paper() -> None:
    data = zheng2023_flows.flows_of(flows(sorted(CLUSTERS)))
    assert list(data.embodied.index) == [*CLUSTERS, "All"]


def test_the_scatter_says_how_many_super_emitters_there_are() -> None:
    table = cities()
    chosen = super_emitters(table)
    said = headline(zheng2023_emitters.picture(table, chosen, THRESHOLD))
    assert said.startswith(f"{len(chosen)} of 309 cities are super-emitters")
    assert f"{(chosen['pathway'] == 'hybrid').sum()} hybrid" in said
    none = headline(zheng2023_emitters.picture(table, chosen[:0], 1e4))
    assert none == "No city is above 10,000 Mt, hence none a super-emitter"


@pytest.mark.parametrize("threshold", [THRESHOLD, 3 * THRESHOLD])
def test_super_emitters_are_named_once_or_said_to_have_no_room(threshold) -> None:
    table = cities()
    chosen = super_emitters(table, threshold)
    said = [text for text, _ in texts(zheng2023_emitters.picture(table, chosen, threshold))]
    named = [text for text in said if text.startswith("City ")]
    assert len(named) == len(set(named))
    assert set(named) <= set(chosen["city"])
    without = len(chosen) - len(named)
    room = f" ({without} without room for a name)" if without else ""
    assert f"b  Super-emitters{room}" in said


def test_a_name_without_a_free_place_is_not_written() -> None:
    figure = Figure(figsize=(1, 1))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
    everywhere = np.stack(np.meshgrid(np.linspace(0, 1, 50), np.linspace(0, 1, 50)), axis=-1)
    assert write_names(ax, {"Somewhere": (0.5, 0.5)}, everywhere.reshape(-1, 2)) == ["Somewhere"]
    assert write_names(ax, {"Here": (0.5, 0.5)}) == []


@pytest.mark.parametrize(("most", "covered"), [(100.0, 1), (1100.0, 2), (2000.0, 3)])
def test_the_bars_say_how_many_deficits_are_covered(most, covered) -> None:
    said = headline(zheng2023_quotas.picture(created(most), deficits(), 3.12))
    assert f"covered in {covered} of 3 readings; headroom is 3.1 Gt" in said


def test_our_number_stands_at_our_bar_and_the_published_one_at_its_mark() -> None:
    ours = created().iloc[0]
    key, value = str(ours["scenario"]), float(ours["of_production_mt"])
    figure = zheng2023_quotas.picture(created(), deficits(), 3.12, {key: value + 20.0})
    places = {text.get_text(): text.xy[0] for text in figure.axes[0].texts}
    assert places[f"{value:,.0f}"] == value
    assert places[f"{value + 20:,.0f}"] == value + 20


def test_all_bars_start_at_zero() -> None:
    figure = zheng2023_quotas.picture(created(), deficits(), 3.12)
    (ax,) = figure.axes
    assert ax.get_xlim()[0] == 0


def test_the_lorenz_curves_say_which_is_less_equal() -> None:
    table = cities()
    equal = table.assign(footprint_t_per_head=5.0)
    assert headline(lorenz.picture(equal)).startswith("Footprints are less unequal")
    assert "Gini 0.00 against" in headline(lorenz.picture(equal))
    reverse = table.assign(demand_usd_per_head=5000.0)
    assert headline(lorenz.picture(reverse)).startswith("Footprints are more unequal")
    same = table.assign(footprint_t_per_head=table["demand_usd_per_head"] / 1000)
    assert headline(lorenz.picture(same)).startswith("Footprints are about as unequal")


def test_scales_go_from_pale_to_dark_and_text_on_them_can_be_read() -> None:
    """Dark or white, whichever contrasts more, gives at least 4.1 on any ground (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
        linear = np.where(parts > 0.04, ((parts + 0.055) / 1.055) ** 2.4, parts / 12.92)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    for scale in (WARM, COOL):
        light = [luminance(colour) for colour in steps(scale, 6)]
        assert light == sorted(light, reverse=True)
        grounds = [*steps(scale, 6), *(shade(scale, share) for share in np.linspace(0, 1, 21))]
        for ground in grounds:
            pale, dark = sorted((luminance(ground), luminance(ink_on(ground))), reverse=True)
            assert (pale + 0.05) / (dark + 0.05) >= 4.1, ground


def test_pictures_are_drawn_outside_our_typography_too(name) -> None:
    content = BytesIO()
    PICTURES[name]().savefig(content, format="png")
    assert len(content.getvalue()) > 1000


def test_the_largest_cells_have_the_colour_of_the_curve_that_they_are_of() -> None:
    saved = {"best": np.array([3.0, 2.0, 1.0]), "mean": np.array([2.0, 1.0, 0.0])}
    top = pd.DataFrame(
        {"region": ["A", "B"], "sector": ["Coal", "Steel"], "leverage_mt": [3.0, 2.0]}
    )
    with our_typography():
        curves, bars = liu2015_cells.picture(saved, top).axes
    colours = {tuple(bar.get_facecolor()) for bar in bars.patches}
    assert colours == {to_rgba(curves.get_lines()[0].get_color())}
