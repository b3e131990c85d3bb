"""The page of the live laboratory: the report's parts, with levers."""

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any

from analysis.figures.outlines import outlines_of
from analysis.live.desk import Desk
from analysis.live.levers import Lever, value_of
from analysis.live.live_run import COURSES, MAPPED, SHOWN, Places
from analysis.report.citing import citing
from analysis.report.compared_outcomes import compared_outcomes
from analysis.report.content import arms_shown, cities_shown
from analysis.report.findings import findings
from analysis.report.html_page import filled_page, policy
from analysis.report.map_shapes import map_shapes
from analysis.report.national_paths import national_paths
from analysis.report.packing import Packer
from analysis.report.page_files import source, words
from analysis.report.titles import titles
from data.importing.map_file import Rings

OWN = "your_policy"
"""Name of the arm that moves."""
OF_THE_REPORT = ("elements", "values", "words", "scale", "finding", "matrix", "paths")
SCRIPTS = ("choices", "dials", "stream", "headline", "table", "map", "begin")
"""In the order in which they stand in the page, after those of the report."""
REFERENCE_LABEL = "no policy"


def live_source(name: str) -> str:
    """Return one of the files that this page adds to those of the report."""
    return (resources.files("analysis.live") / "page" / name).read_text(encoding="utf-8")


def live_words() -> Mapping[str, list[str]]:
    """Return every text of the interface by key, in English and Chinese."""
    own: Mapping[str, list[str]] = json.loads(live_source("words.json"))
    return {**words(), **own}


def style() -> str:
    """Return the style sheets as one."""
    return source("report.css") + live_source("live.css")


def script() -> str:
    """Return the scripts as one."""
    parts = [source(f"{name}.js") for name in OF_THE_REPORT]
    parts += [live_source(f"{name}.js") for name in SCRIPTS]
    whole = "\n".join(parts)
    return f'"use strict";\n(() => {{\n{whole}\n}})();\n'


def live_policy() -> str:
    """Return the Content-Security-Policy that goes with every answer."""
    return policy(style(), script(), connect_src="'self'", frame_ancestors="'none'")


def live_page(
    desk: Desk, places: Places, economy: str, replications: int, rings: Rings | None = None
) -> str:
    """Return the page of a desk, whose cities are in these places."""
    title = "Quotapolis" if desk.results is None else desk.experiment.title
    content = Packer().text(_content(desk, places, economy, replications, rings))
    return filled_page(title, content, "en", style(), script(), connect_src="'self'")


def _content(
    desk: Desk, places: Places, economy: str, replications: int, rings: Rings | None
) -> dict[str, Any]:
    experiment, results = desk.experiment, desk.results
    nobody = {"label": REFERENCE_LABEL, "group": "", "way": "", "line": 0, "colour": -1}
    arms = [{"name": experiment.reference, **nobody}] if results is None else arms_shown(results)
    own = {"name": OWN, "label": OWN, "group": OWN, "way": "", "line": 0, "colour": 0, "own": True}
    columns = {
        "region_code": places.codes,
        "city": places.names,
        "co2_estimated": (False,) * len(places.codes),
    }
    national = {} if results is None else national_paths(results)
    return {
        "title": titles(experiment),
        "folder": "" if results is None else results.folder.resolve().name,
        "runs_beside": 0 if results is None else experiment.replications,
        "same_version": desk.same_version(economy),
        "replications": replications,
        "years": list(experiment.arms[0].scenario.horizon.years),
        "arms": [*arms, own],
        "reference": experiment.reference,
        "cities": cities_shown(columns),
        "map": map_shapes(list(places.codes), list(places.names), outlines_of(rings)),
        "measures": list(MAPPED),
        "national": {name: national[name] for name in COURSES if name in national},
        "courses": list(COURSES),
        **({} if results is None else findings(results)),
        "outcomes": _outcomes(desk),
        "levers": [_lever(lever) for lever in desk.levers.values()],
        "starts": {
            name: {key: value_of(scenario, key) for key in desk.levers}
            for name, scenario in desk.starts.items()
        },
        "citing": citing(),
        "words": dict(live_words()),
    }


def _outcomes(desk: Desk) -> list[dict[str, Any]]:
    """Return the outcomes of the matrix with a row for each arm of the results."""
    if desk.results is not None:
        known = {outcome["word"]: outcome for outcome in compared_outcomes(desk.results)}
        return [known[outcome.word] for outcome in SHOWN if outcome.word in known]
    return [
        {
            "word": outcome.word,
            "label": outcome.label,
            "unit": outcome.unit,
            "better": outcome.direction,
            "digits": outcome.digits,
            "rows": [],
        }
        for outcome in SHOWN
    ]


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "key": lever.key,
        "row": lever.row,
        "unit": lever.unit,
        "meaning": lever.meaning.replace("`", ""),
        "words": list(lever.words),
        "low": lever.low,
        "high": lever.high,
        "step": lever.step,
    }
