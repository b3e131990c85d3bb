"""Content: everything of a results directory that the page shows, packed."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.experiment.results_map import map_of
from analysis.figures.outlines import outlines_of
from analysis.figures.style import label
from analysis.outcomes.arms import NO_TRADE
from analysis.report.citing import citing
from analysis.report.city_values import NAMES, read_cities
from analysis.report.compared_outcomes import compared_outcomes
from analysis.report.findings import findings
from analysis.report.finished_results import FinishedResults
from analysis.report.map_shapes import map_shapes
from analysis.report.measures import RECEIVED, SHOWN, SPENT
from analysis.report.national_paths import national_paths
from analysis.report.packed_columns import packed_columns
from analysis.report.packing import Packer, plain
from analysis.report.page_files import limits, words
from analysis.report.provenance import provenance
from analysis.report.supply_links import supply_links
from analysis.report.titles import titles
from data.readers.verified import read_table
from model.compile.city_economy import Economy

OTHER_LINES = (0, 2, 3)
"""Kinds of line of institutions with trade, in turn: solid, dashes and dots, dots; 1 is dashed."""


def packed(results: FinishedResults, economy: Economy | None = None) -> str:
    """Return the results as the page unpacks them."""
    values, packer = read_cities(results), Packer()
    units = packed_columns(values, packer)
    classes = results.classes.drop(columns=["rule", "institution"], errors="ignore")
    codes, named = ([str(word) for word in values.names[name]] for name in NAMES[:2])
    shapes = outlines_of(map_of(results.folder, codes, named))
    return packer.text(
        {
            "title": titles(results.experiment),
            "years": results.years,
            "arms": arms_shown(results),
            "reference": results.experiment.reference,
            "cities": cities_shown(values.names),
            "map": map_shapes(codes, named, shapes),
            "measures": [name for name in SHOWN if name in units],
            "units": units,
            "ledger": {
                "received": [name for name in RECEIVED if name in units],
                "spent": [name for name in SPENT if name in units],
                "unbalanced": values.unbalanced,
            },
            "national": national_paths(results),
            "outcomes": compared_outcomes(results),
            **findings(results),
            "order": _order(results),
            "classes": _records(classes),
            "links": supply_links(results, economy),
            "provenance": provenance(results),
            "citing": citing(),
            "limits": limits(),
            "words": dict(words()),
        }
    )


def arms_shown(results: FinishedResults) -> list[dict[str, Any]]:
    """Return name, group, way, line and colour of each arm."""
    reference, arms = results.experiment.reference, results.arms
    groups = list(dict.fromkeys(arms.group(arm) for arm in results.names if arm != reference))
    ways = list(dict.fromkeys(arms.way(arm) for arm in results.names if arm != reference))
    others = [way for way in ways if way not in ("", NO_TRADE)]
    lines = {NO_TRADE: 1} | {way: OTHER_LINES[n % 3] for n, way in enumerate(others)}
    return [
        {
            "name": arm,
            "label": label(arm),
            "group": arms.group(arm),
            "way": arms.way(arm),
            "line": lines.get(arms.way(arm), 0),
            "colour": -1 if arm == reference else groups.index(arms.group(arm)),
        }
        for arm in results.names
    ]


def cities_shown(names: Mapping[str, Sequence[object]]) -> list[dict[str, Any]]:
    """Return names and province of each city, in both languages where the tables know it.

    `names` has the columns of `analysis.report.city_values.NAMES`.
    """
    regions = {row["region_code"]: row for row in _rows("regions.csv")}
    provinces = {row["province_code"]: row for row in _rows("provinces.csv")}
    found = []
    for code, name, estimated in zip(*(names[column] for column in NAMES), strict=True):
        region = regions.get(code, {})
        province = provinces.get(region.get("province_code"), {})
        found.append(
            {
                "code": str(code),
                "name": str(name),
                "zh": region.get("name_zh", ""),
                "province": province.get("name", ""),
                "province_zh": province.get("name_zh", ""),
                "estimated": bool(estimated),
            }
        )
    return found


def _rows(table: str) -> list[dict[Any, Any]]:
    return read_table(table).to_dict("records")


def _order(results: FinishedResults) -> dict[str, Any]:
    """Return pairs of arms by column, an arm by its place."""
    places = {name: place for place, name in enumerate(results.names)}
    known = results.order["better"].isin(places) & results.order["worse"].isin(places)
    order = results.order[known]
    both = {end: order[end].map(places) for end in ("better", "worse")}
    return _records(order.assign(**both))


def _records(table: Any) -> dict[str, Any]:
    """Return a table by column."""
    return {str(name): plain(table[name].astype(object).tolist()) for name in table.columns}
