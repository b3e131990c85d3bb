"""The figures of Zheng et al. 2023, drawn from our economy."""

from analysis.reproduce.chapter import Chapter
from analysis.reproduce.zheng2023.chapter import GT, MT, Study
from analysis.reproduce.zheng2023.emitters import threshold
from analysis.reproduce.zheng2023.figures import emitters as zheng2023_emitters
from analysis.reproduce.zheng2023.figures import flows as zheng2023_flows
from analysis.reproduce.zheng2023.figures import lorenz, quintile_clusters
from analysis.reproduce.zheng2023.figures import maps as zheng2023_maps
from analysis.reproduce.zheng2023.figures import quotas as zheng2023_quotas
from analysis.reproduce.zheng2023.footprints import COMBINED

PUBLISHED = {
    **{name: (name, 1.0) for name in ("tech_light", "tech_deep", "demand_light", "demand_deep")},
    "joint_low": ("joint_low", 1.0),
    "joint_high": ("joint_high", 1.0),
    "Q4–Q5 to the mean of Q3": ("deficit_to_3600", 1.0),
    "Q3–Q5 to the mean of Q2": ("deficit_to_5300", 1.0),
    zheng2023_quotas.HEADROOM_KEY: ("quota_headroom", 1e3),
}
"""What figure 4 marks as published: quantity, and Mt in one of its unit; by row."""


def add_pictures(chapter: Chapter, study: Study) -> None:
    """Add maps, flows, super-emitters, quota and inequality; tables must be there already."""
    tables, known = chapter.tables, chapter.published
    cities = tables["Cities"]
    abroad = {
        place: study.thresholds[f"per_cap_{key}"]
        for place, key in (("world", "world"), ("EU", "eu"), ("US", "us"))
    }
    headroom = study.thresholds["peak_cae"] - study.national / GT
    chapter.pictures |= {
        "figure_1_maps": lambda: zheng2023_maps.picture(cities, abroad),
        "figure_2_flows": lambda: zheng2023_flows.picture(
            tables["Flows between quintiles of cities, emitter to consumer"],
            tables["Flows between clusters of cities, emitter to consumer"],
        ),
        "figure_2_quintile_clusters": lambda: quintile_clusters.picture(tables[COMBINED]),
        "figure_3_super_emitters": lambda: zheng2023_emitters.picture(
            cities, tables["Super-emitters"], threshold(study) / MT
        ),
        "figure_4_quota": lambda: zheng2023_quotas.picture(
            tables["Quota created"],
            tables["Deficits of lifting poor cities, by reading"],
            headroom,
            {name: float(known[key].value) * size for name, (key, size) in PUBLISHED.items()},
        ),
        "inequality": lambda: lorenz.picture(cities),
    }
