"""Titles of results in both languages of the page, where the library knows the experiment."""

from analysis.report.page_files import words
from scenarios.experiment import Experiment
from scenarios.titles import LINK


def titles(experiment: Experiment) -> list[str]:
    """Return the title in English and in Chinese, settings included; twice the same if unknown."""
    years = experiment.arms[0].scenario.horizon.years
    ends = {"from": years[0], "to": years[-1]}
    known = words().get(f"title.{experiment.name}", [experiment.title] * 2)
    english, chinese = (text.format(**ends) for text in known) if known[0] != known[1] else known
    _, itself, further = experiment.title.partition(english)
    if not itself or not (further == "" or further.startswith(LINK)):
        return [experiment.title] * 2
    settings = further.removeprefix(LINK)
    return [experiment.title, f"{chinese}，设定 {settings}" if settings else chinese]
