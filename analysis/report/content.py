"""Content: everything of a results directory that the page shows, packed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.figures.style import label
from analysis.outcomes.arms import NO_TRADE
from analysis.report.citing import citing
from analysis.report.city_values import NAMES, CityValues, read_cities
from analysis.report.findings import findings
from analysis.report.finished_results import FinishedResults
from analysis.report.map_shapes import map_shapes
from analysis.report.measures import BANK, RECEIVED, SHOWN, SPENT, unit_of
from analysis.report.national_paths import national_paths
from analysis.report.packing import Packer, plain, step_of
from analysis.report.page_files import limits, words
from analysis.report.provenance import provenance
from analysis.report.ranked_outcomes import ranked_outcomes
from analysis.report.supply_links import supply_links
from data.readers.verified import read_table
from model.compile.city_economy import Economy

OTHER_LINES = (0, 2, 3)
"""Kinds of line of institutions with trade, in turn: solid, dashes and dots, dots; 1 is dashed."""


def packed(results: FinishedResults, economy: Economy | None = None) -> str:
    """Return the results as the page unpacks them."""
    values, packer = read_cities(results), Packer()
    units = _pack(values, packer)
    classes = results.classes.drop(columns=["rule", "institution"], errors="ignore")
    return packer.text(
        {
            "title": results.experiment.title,
            "years": results.years,
            "arms": arms_shown(results),
            "reference": results.experiment.reference,
            "cities": cities_shown(values.names),
            "map": map_shapes(*([str(word) for word in values.names[name]] for name in NAMES[:2])),
            "measures": [name for name in SHOWN if name in units],
            "units": units,
            "ledger": {
                "received": [name for name in RECEIVED if name in units],
                "spent": [name for name in SPENT if name in units],
                "unbalanced": values.unbalanced,
            },
            "national": national_paths(results),
            "outcomes": ranked_outcomes(results),
            **findings(results),
            "order": _records(results.order),
            "classes": _records(classes),
            "links": supply_links(results, economy),
            "provenance": provenance(results),
            "citing": citing(),
            "limits": limits(),
            "words": dict(words()),
        }
    )


def _pack(values: CityValues, packer: Packer) -> dict[str, dict[str, Any]]:
    """Pack the columns that say anything; return their units."""
    units = {}
    for name, means in values.means.items():
        known = np.abs(means[np.isfinite(means)])
        if not known.size or (name != BANK and not known.max()):
            continue
        unit = unit_of(name, means)
        step = step_of(float(known.max()), unit.size)
        packer.numbers(name, means, step)
        units[name] = {"word": unit.word, "size": unit.size, "signed": bool((means < 0).any())}
        if name in values.spreads:
            packer.numbers(f"{name}_spread", values.spreads[name], 10 * step)
    for name, codes in values.likeliest.items():
        packer.codes(name, codes)
        packer.codes(f"{name}_agreement", values.agreement[name])
    return units


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


def _records(table: Any) -> dict[str, Any]:
    """Return a table by column."""
    return {str(name): plain(table[name].astype(object).tolist()) for name in table.columns}
