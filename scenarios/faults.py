"""Faults of single values in words: what is wrong, and what was probably meant."""

import re
from collections.abc import Mapping
from typing import Any

from data.errors import nearest

LONGEST_VALUE = 60
"""Most letters of a value in a message."""
TRUTHS = {"yes": "true", "on": "true", "1": "true", "no": "false", "off": "false", "0": "false"}


def shown(value: Any) -> str:
    """Return a value as it is written, shortened in the middle."""
    if isinstance(value, bool):
        return str(value).lower()
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return "a value too long to show"
    half = (LONGEST_VALUE - 1) // 2
    return text if len(text) <= LONGEST_VALUE else f"{text[:half]}…{text[-half:]}"


def in_words(fault: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, and what to write instead where that can be guessed."""
    kind, value = str(fault["type"]), fault["input"]
    told: Mapping[str, Any] = fault.get("ctx", {})
    if kind == "literal_error" and isinstance(value, str):
        words = re.findall(r"'([^']*)'", str(told["expected"]))
        if words:
            return f"no such word; {nearest(value, words)}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message[0].lower() + message[1:] + _meant(kind, value, told)


def _meant(kind: str, value: Any, told: Mapping[str, Any]) -> str:
    """Return what was probably meant; nothing where nobody can say."""
    word = str(value).strip().lower() if isinstance(value, str | int | float) else ""
    if kind.startswith("bool") and word in TRUTHS:
        return f"; write {TRUTHS[word]}"
    if kind.startswith(("float", "int")):
        if re.fullmatch(r"-?[0-9]+,[0-9]+", word):
            return f"; the decimal mark is a point: {word.replace(',', '.')}"
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)? ?%", word):
            return _share(float(word.rstrip("% ")))
    most = told.get("le", told.get("lt"))
    a_share = isinstance(most, int | float) and 0 < most <= 1
    if a_share and isinstance(value, int | float) and 1 < value <= 100:
        return _share(value)
    return ""


def _share(percent: float) -> str:
    return f"; {percent:g} % is {percent / 100:g}"
