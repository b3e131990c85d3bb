"""Measures that the library's questions ask of a run: of all cities, or of some places."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.outcomes.one_run import OneRun, cities_of
from data.readers.places import MACRO_REGIONS, lying_in
from model.behaviour.payoffs import FREE_RIDE
from model.classes.beneficiaries import Beneficiary
from model.compile.city_economy import Economy

MT, GT, BN = 1e6, 1e9, 1e9
"""Tonnes in Mt and Gt; CNY in bn CNY."""
BENEFICIARIES = (int(Beneficiary.STRONG), int(Beneficiary.WEAK))


@dataclass(frozen=True, slots=True)
class Places:
    """Groups of cities, by word; (c,) each."""

    cities: dict[str, np.ndarray]

    @classmethod
    def of(cls, economy: Economy, programme: tuple[str, ...]) -> "Places":
        """Return macro-regions, the programme's provinces, and the two poorest fifths."""
        regions, players = economy.regions, economy.players
        named = {word: lying_in([word], regions)[players] for word in MACRO_REGIONS}
        five = lying_in(programme, regions)[players]
        poor = cities_of(economy).poor
        return cls(named | {"five": five, "others": ~five, "poor": poor})


Measure = Callable[[OneRun, Places], float]


def last(column: str, unit: float, where: str | None = None) -> Measure:
    """Return a column's sum over some cities in the last year."""

    def measure(run: OneRun, places: Places) -> float:
        values = run[column][-1]
        return float(np.nansum(values[places.cities[where]] if where else values)) / unit

    return measure


def total(column: str, unit: float, where: str | None = None) -> Measure:
    """Return a column's sum over some cities and all years."""

    def measure(run: OneRun, places: Places) -> float:
        values = run[column]
        return float(np.nansum(values[:, places.cities[where]] if where else values)) / unit

    return measure


def national(column: str, unit: float) -> Measure:
    """Return a national column in the last year."""
    return lambda run, _: float(run.national[column][-1]) / unit


def mean_price(run: OneRun, _: Places) -> float:
    """Return the clearing price, mean over the years, CNY/t."""
    return run.national.mean("price")


def left_of_the_cap(run: OneRun, _: Places) -> float:
    """Return by how much emissions under the cap fall short of it in the last year, %."""
    return 100.0 * (1.0 - float(run.national["liability"][-1] / run.national["cap"][-1]))


def mean_compliance(run: OneRun, _: Places) -> float:
    """Return the share of liability that quota covers, mean over the years, %."""
    return 100.0 * run.national.mean("compliance")


def beneficiaries(run: OneRun, _: Places) -> float:
    """Return how many cities benefit more from others' mitigation than from their own, scored."""
    return float(np.isin(run["class_scored"][-1], BENEFICIARIES).sum())


def given(column: str, unit: float, where: str | None = None) -> Measure:
    """Return what some cities took or paid by contract, all years; what others gave apart."""

    def measure(run: OneRun, places: Places) -> float:
        values = np.fmax(run[column], 0.0)
        return float(np.nansum(values[:, places.cities[where]] if where else values)) / unit

    return measure


def traded(run: OneRun, _: Places) -> float:
    """Return the volume of the market, all years, Mt."""
    return run.national.total("volume") / MT


def riding(run: OneRun, _: Places) -> float:
    """Return the share of cities short of quota that conceal it, mean over the years, %."""
    short = run["need"] > 0
    rides = (run["action"] == FREE_RIDE) & short
    return 100.0 * float(rides.sum()) / max(float(short.sum()), 1.0)


CLEAN: dict[str, Measure] = {
    "emissions, Gt": last("emissions", GT),
    "footprint of the east, Mt": last("footprint", MT, "east"),
    "outsourced mitigation, Mt": last("outsourced_mitigation", MT),
    "local mitigation, Mt": last("local_mitigation", MT),
    "outsourced share of footprints, %": national("outsourced_share", 0.01),
    "beneficiaries": beneficiaries,
} | {f"outsourced, {word}": last("outsourced_mitigation", MT, word) for word in MACRO_REGIONS}
PRACTICE: dict[str, Measure] = {
    "emissions, Gt": last("emissions", GT),
    "abated in the five, Mt": last("abated", MT, "five"),
    "abated elsewhere, Mt": last("abated", MT, "others"),
    "price, CNY/t": mean_price,
    "abatement cost, bn": total("abatement_cost", BN),
    "cost in the five, bn": total("abatement_cost", BN, "five"),
    "received by the five, bn": total("programme_payment", -BN, "five"),
    "paid by the east, bn": total("programme_payment", BN, "east"),
    "outsourced mitigation, Mt": last("outsourced_mitigation", MT),
}
TRANSFERS: dict[str, Measure] = {
    "emissions, Gt": last("emissions", GT),
    "aid quota, Mt": total("aid_quota", MT),
    "of it freed, Mt": total("freed_quota", MT),
    "compensation, bn": total("compensation", BN),
    "price, CNY/t": mean_price,
    "abatement cost, bn": total("abatement_cost", BN),
    "footprint of the poor, Mt": last("footprint", MT, "poor"),
    "value added of the poor, trn": last("value_added", 1e8, "poor"),
    "value added of all from no policy, bn": national("value_added_change", 1e5),
    "quota bill of the poor, bn": total("purchase_cost", BN, "poor"),
    "outsourced share of footprints, %": national("outsourced_share", 0.01),
}
ANNOUNCED: dict[str, Measure] = {
    "cap, Gt": national("cap", GT),
    "left of the cap, %": left_of_the_cap,
    "emissions, Gt": last("emissions", GT),
    "abated, Mt": last("abated", MT),
    "price, CNY/t": mean_price,
    "abatement cost, bn": total("abatement_cost", BN),
    "compliance, %": mean_compliance,
}
GIVING: dict[str, Measure] = {
    "given by contract, Mt": given("contract_quota", MT),
    "to the poor, Mt": given("contract_quota", MT, "poor"),
    "compensation, bn": given("contract_payment", BN),
    "traded, Mt": traded,
    "emissions, Gt": last("emissions", GT),
    "abatement cost, bn": total("abatement_cost", BN),
    "quota lapsed, Mt": total("expired_quota", MT),
    "compliance, %": mean_compliance,
    "cities that ride free, %": riding,
}
