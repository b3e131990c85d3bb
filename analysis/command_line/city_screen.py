"""A city on one screen."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import isnan

import pandas as pd
from rich.console import Console

from analysis.command_line.arm_rows import arm_rows
from analysis.command_line.blocks import Shown, blocks
from analysis.command_line.over_economies import over_economies
from analysis.documents.numbers import MISSING, fixed, percent, places
from analysis.figures.style import words
from analysis.findings.tongue import ENGLISH
from analysis.one_city.course import ClassOfCity, Course
from analysis.one_city.portrait import Portrait
from analysis.one_city.quota_account import CLOSING, OPENING, RECEIVED, SPENT, over_all_years
from analysis.outcomes.paired import Interval
from analysis.outcomes.shown_money import in_money

SIGNS = {**dict.fromkeys((OPENING, *RECEIVED), "+"), **dict.fromkeys(SPENT, "−"), CLOSING: "= "}
PURCHASE, SOLD = "net_purchase", "sold"


def print_portrait(found: Portrait, console: Console, *, alone: bool) -> None:
    """Print a portrait; the account of an arm that is told of `alone` year by year."""
    console.print(who(found), style="bold")
    for line in (base_year(found), *partners(found)):
        console.print(line)
    console.print(f"{found.experiment.title}.")
    console.print(about(found))
    for block in matrix(found, console.width):
        console.print("\n".join(block), soft_wrap=True)
    policies = [one for one in found.courses if one.accounts]
    if policies:
        print_account(policies[0], console, by_year=alone)
    if not alone and len(policies) > 1:
        console.print("Another arm's account, year by year: --arm ARM; all of it: --json")


def about(found: Portrait) -> str:
    """Return what the numbers of the table are."""
    year = found.experiment.arms[0].scenario.horizon.years[-1]
    runs = found.replications
    if runs == 1:
        return f"In {year}, one replication; class of the last five years."
    return (
        f"In {year}: mean ± half its 95 % interval{over_economies(found.experiment)}; action, and"
        f" class of the last five years, in most of {runs} replications."
    )


def who(found: Portrait) -> str:
    """Return the city's name, province, people, income and industry in a line."""
    row = found.who
    chinese = "" if row["name_zh"] == row["city"] else f" {row['name_zh']}"
    return (
        f"{row['city']}{chinese} ({row['region_code']}), {row['province']}:"
        f" {fixed(row['population'] / 1e6, 2)} M people, income fifth {row['income_quintile']} of 5"
        f" (1 the richest; {fixed(row['demand_per_head'], 0)} {in_money('CNY')} of demand a head),"
        f" cluster {words(str(row['cluster']))}, super-emitter: {row['super_emitter']}"
    )


def base_year(found: Portrait) -> str:
    """Return the accounts of the base year in a line."""
    year = found.experiment.arms[0].scenario.horizon.base_year
    row, known = found.who, found.partners
    digits = _places((row["emissions_base"], row["footprint_base"]))
    text = (
        f"{year}: emits {_million(row['emissions_base'], digits)} Mt CO₂, footprint"
        f" {_million(row['footprint_base'], digits)} Mt"
    )
    if known is None:
        return f"{text}."
    return (
        f"{text}; of its emissions {_million(known.at_home, digits)} Mt for its own demand"
        f" and {_million(known.abroad, digits)} Mt for exports abroad."
    )


def partners(found: Portrait) -> list[str]:
    """Return the largest suppliers and customers, a line each."""
    known = found.partners
    if known is None:
        return ["Suppliers and customers: the economy of these results is not at hand."]
    return [
        f"Suppliers, Mt emitted for it: {_listed(known.suppliers)}.",
        f"Customers, Mt it emits for them: {_listed(known.customers)}.",
    ]


def matrix(found: Portrait, width: int) -> list[list[str]]:
    """Return arms by what the city does, as blocks of lines."""
    by_arm = {one.arm: one for one in found.courses}
    corner, rows = arm_rows(list(by_arm), found.arms)
    trading = {
        arm.name for arm in found.experiment.arms if arm.scenario.market.institution != "none"
    }
    courses = [by_arm[arm] if arm is not None else None for _, arm in rows]
    digits = _places([1e6 * one.emissions.mean for one in found.courses])

    def amounts(of: Callable[[Course], Interval]) -> tuple[str, ...]:
        return _cells(courses, lambda one: _plus_minus(of(one), digits))

    columns = [
        Shown("emits, Mt", amounts(lambda one: one.emissions)),
        Shown("quota, Mt", amounts(lambda one: one.quota)),
        Shown("buys (+) or sells, Mt", _cells(courses, lambda one: _bought(one, trading, digits))),
        Shown(
            in_money("price with fees, CNY/t"),
            _cells(courses, lambda one: _plus_minus(one.price, 1)),
        ),
        Shown("action", _cells(courses, lambda one: _action(one.actions))),
        Shown("class", _cells(courses, lambda one: _class(one.class_))),
        Shown("becomes strong", _cells(courses, lambda one: _year(one.class_.becomes_strong))),
        Shown("stops", _cells(courses, lambda one: _year(one.class_.stops))),
    ]
    return blocks(corner, [text for text, _ in rows], columns, width)


def print_account(one: Course, console: Console, *, by_year: bool) -> None:
    """Print the quota account of the first replication, in whole tonnes."""
    account = one.accounts[0]
    if account.empty:
        return
    first, last = account.index[0], account.index[-1]
    console.print(
        f"Quota account under {ENGLISH.arm(one.arm)}, first replication, {first}–{last}, t CO₂:"
    )
    total = over_all_years(account)
    ends = (OPENING, CLOSING)
    used = [name for name in (*ends[:1], *RECEIVED, *SPENT, *ends[1:])
            if name in ends or account[name].any()]  # fmt: skip
    if not by_year:
        console.print(_in_a_row(total, used))
        return
    columns = [
        Shown(_in_a_head(name), tuple(fixed(v, 0) for v in [*account[name], total[name]]))
        for name in used
    ]
    rows = [*map(str, account.index), "all"]
    for block in blocks("", rows, columns, console.width):
        console.print("\n".join(block), soft_wrap=True)


def _in_a_row(total: pd.Series, used: Sequence[str]) -> str:
    """Return an account in a line, every amount with its sign before it."""
    parts = []
    for name in used:
        tonnes, sign, text = float(total[name]), SIGNS[name], _named(name)
        if tonnes < 0 and sign == "+":
            tonnes, sign, text = -tonnes, "−", SOLD if name == PURCHASE else text
        parts.append(f"{sign}{fixed(tonnes, 0)} {text}")
    return " ".join(parts).removeprefix("+")


def _in_a_head(column: str) -> str:
    return _named(column) if column == OPENING else f"{SIGNS[column].strip()} {_named(column)}"


def _named(column: str) -> str:
    return {PURCHASE: "bought", CLOSING: "closing bank"}.get(column, words(column))


def _cells(courses: Sequence[Course | None], of: Callable[[Course], str]) -> tuple[str, ...]:
    return tuple("" if one is None else of(one) for one in courses)


def _plus_minus(value: Interval, digits: int) -> str:
    if isnan(value.mean):
        return MISSING
    half = (value.high - value.low) / 2
    text = fixed(value.mean, digits)
    return text if isnan(half) else f"{text}±{fixed(half, digits)}"


def _bought(one: Course, trading: Collection[str], digits: int) -> str:
    return _plus_minus(one.bought, digits) if one.arm in trading else MISSING


def _action(actions: Mapping[str, float]) -> str:
    if not actions:
        return MISSING
    word, share = next(iter(actions.items()))
    return f"{words(word)} {percent(share)}"


def _class(kind: ClassOfCity) -> str:
    return f"{kind.word.removesuffix(' beneficiary')} {percent(kind.probability)}"


def _year(year: int | None) -> str:
    return MISSING if year is None else str(year)


def _places(tonnes: Iterable[float]) -> int:
    """Return the decimals of amounts in millions: one, or more where all of them are small."""
    return places(max((abs(one) for one in tonnes if not isnan(one)), default=0.0) / 1e6, 1)


def _million(tonnes: float, digits: int) -> str:
    return fixed(tonnes / 1e6, digits)


def _listed(flows: Mapping[str, float]) -> str:
    digits = _places(flows.values())
    told = (f"{name} {_million(tonnes, digits)}" for name, tonnes in flows.items())
    return ", ".join(told) or "none"
