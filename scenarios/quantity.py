"""A number with its unit, range and source beside it."""

import sys
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

LEAST = sys.float_info.min
"""Least number other than zero; below it floats lose digits, and quotients overflow."""


class Section(BaseModel):
    """Base of every section: unknown keys and wrong types are refused, values are frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True, allow_inf_nan=False
    )

    @model_validator(mode="after")
    def _no_next_to_nothing(self) -> "Section":
        for name, value in self:
            if isinstance(value, float) and 0 < abs(value) < LEAST:
                raise ValueError(f"{name} = {value}: too near to zero to be exact; write 0")
        return self


def quantity(
    default: Any,
    unit: str,
    source: str,
    *,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    bounds: str = "",
) -> Any:
    """Return a field with a default (`...` if it must be given), a unit, a source, and limits.

    `bounds` says why the limits are where they are.
    """
    extra: dict[str, JsonValue] = {"unit": unit, "source": source, "bounds": bounds}
    return Field(default, json_schema_extra=extra, ge=ge, gt=gt, le=le, lt=lt)
