"""Claims of an experiment: statements about its arms that worlds decide."""

from typing import Any

from pydantic import Field, model_validator

from scenarios.quantity import Section

LONGEST = 200
"""Letters of a claim at most."""


class Claim(Section):
    """A statement, and the comparison that decides it; a text alone is both."""

    says: str = Field(min_length=1, max_length=LONGEST)
    """The statement in words."""
    holds: str = Field(min_length=1, max_length=LONGEST)
    """The comparison; see docs/uncertainty.md."""

    @model_validator(mode="before")
    @classmethod
    def _of_one_text(cls, words: Any) -> Any:
        return {"says": words, "holds": words} if isinstance(words, str) else words
