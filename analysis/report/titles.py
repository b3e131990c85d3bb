"""Titles of results in both languages of the page, where the library knows the experiment."""

from analysis.report.page_files import words
from scenarios.experiment import Experiment
from scenarios.titles import LINK


def titles(experiment: Experiment) -> list[str]:
    """Return the title in English and in Chinese, settings included; twice the same if unknown."""
    title, key = experiment.title, f"title.{experiment.name}"
    if key not in words():
        return [title, title]
    years = experiment.arms[0].scenario.horizon.years
    ends = {"from": years[0], "to": years[-1]}
    english, chinese = (text.format(**ends) for text in words()[key])
    if title == english:
        return [title, chinese]
    if title.startswith(english + LINK):
        return [title, f"{chinese}，设定 {title.removeprefix(english + LINK)}"]
    return [title, title]
