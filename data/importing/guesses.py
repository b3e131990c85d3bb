"""Guesses from names: what sectors make, what kind of demand a category is, which unit is meant.

Every guess is told to the user, and a word of the settings overrules it.
"""

import re

GROUP_WORDS = {
    "coal": r"^(?!.*(power|electricity)).*\b(coal|lignite|peat)\b",
    "electricity": r"electric(?!.*(equipment|machinery|apparatus))|power (plant|generation)",
    "petroleum": r"petrol|refin|\bcoke|crude|natural gas|mineral oil",
    "chemicals": r"chemic|pharma|plastic|rubber|fertili",
    "minerals": r"cement|glass|ceramic|brick|non-?metal|other mineral",
    "metals": r"(iron|steel|alumin|copper|non-?ferrous|(basic|precious|fabricated) metal"
    r"|\bmetal)(?!.*(ore|equipment))",
}
"""Patterns of names by abatement group, tried in this order; everything else is the rest."""
KIND_WORDS = {
    "agriculture": r"agricul|crop|farm|cultivation|forest|fish|animal|cattle|wheat|rice|livestock",
    "high_tech": r"electronic|computer|optical|communication equipment|instrument|medical",
    "heavy_manufacturing": r"min(ing|eral)|ores?\b|quarry|machine|vehicle|ship|equipment|metal",
    "light_manufacturing": r"food|beverage|tobacco|textile|wearing|leather|wood|paper|print"
    r"|furniture|manufact",
    "services": r"",
}
"""Patterns of names by kind of products, tried in this order after the groups."""
KIND_OF_GROUP = {
    "electricity": "energy",
    "petroleum": "energy",
    "coal": "energy",
    "chemicals": "heavy_manufacturing",
    "minerals": "heavy_manufacturing",
    "metals": "heavy_manufacturing",
}
CATEGORY_WORDS = {
    "export": r"\bexports?\b",
    "inventory_change": r"inventor|stock|valuables|statistical|discrepan|^inv(nt)?$|^c42$",
    "capital_formation": r"capital|gfcf|investment|^c41$",
    "consumption": r"",
}
"""Patterns of names by kind of final demand, tried in this order; `c41` and `c42` are WIOD's."""
MULTIPLES = {
    r"(bn|billions?|10\^?9)": 1e9,
    r"(m|mn|mio|mill|millions?|10\^?6)": 1e6,
    r"(10\^?4|10,?000|ten thousand)": 1e4,
    r"(k|thousands?|1,?000|['‘’]?000|10\^?3)": 1e3,
    r"": 1.0,
}
CURRENCIES = {
    "CNY": r"(cny|rmb|yuan)",
    "USD": r"(usd|us ?\$|us dollars?|dollars?|\$)",
    "EUR": r"(eur|euros?|€)",
    "JPY": r"(jpy|yen)",
    "GBP": r"(gbp|£)",
}
TONNES = {"kg": 1e-3, "g": 1e-6, "t": 1.0, "tonne": 1.0, "tonnes": 1.0, "ton": 1.0, "tons": 1.0,
          "kt": 1e3, "gg": 1e3, "kilotonne": 1e3, "kilotonnes": 1e3,
          "mt": 1e6, "tg": 1e6}  # fmt: skip


def group_of(name: str) -> str:
    """Return the abatement group that a sector's name tells."""
    return _first(GROUP_WORDS, name) or "rest"


def kind_of(name: str, group: str) -> str:
    """Return the kind of products that a sector's name and group tell."""
    return KIND_OF_GROUP.get(group) or _first(KIND_WORDS, name) or "services"


def category_of(name: str) -> str:
    """Return the kind of final demand that a category's name tells."""
    return _first(CATEGORY_WORDS, name.replace("_", " ")) or "consumption"


def money_of(unit: str) -> tuple[float, str] | None:
    """Return how many units of which currency a unit such as `Mill USD` is, if that is plain."""
    text = re.sub(r" a year\b.*", "", unit.casefold().replace(".", " ")).strip()
    for many, multiple in MULTIPLES.items():
        for currency, words in CURRENCIES.items():
            if re.fullmatch(rf"{many} *(of )?{words}" if many else words, text):
                return multiple, currency
    return None


def tonnes_of(unit: str) -> float | None:
    """Return how many tonnes a unit of emissions is, if that is plain."""
    word = re.split(r"[ _]", unit.casefold().strip())[0]
    return TONNES.get(word)


def year_of(title: str) -> int | None:
    """Return the year in a title, if there is just one."""
    found = {int(year) for year in re.findall(r"(?<!\d)(?:19[6-9]\d|20[0-5]\d)(?!\d)", title)}
    return found.pop() if len(found) == 1 else None


def _first(patterns: dict[str, str], name: str) -> str | None:
    text = name.casefold()
    return next((word for word, pattern in patterns.items() if re.search(pattern, text)), None)
