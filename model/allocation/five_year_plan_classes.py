"""Five-year-plan classes: intensities fall as the plan asks of each province."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def five_year_plan_classes(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return G_i · (e_i0/G_i0) (1 − c_i)^(t/5), rescaled to the cap, t.

    c_i is the cut of CO₂ per GDP within five years that the 13th Five-Year Plan asks of the
    city's province (State Council 2016, unverified): 12 to 20.5 %. The plan ran from 2016 to
    2020; here its rates hold in every year. G is the value added of last year.
    """
    allowed = (1.0 - knowledge.intensity_cut) ** (knowledge.year / 5)
    intensity = knowledge.base_year / knowledge.base_value_added
    due = knowledge.value_added * intensity * allowed
    return cap * due / total(due)
