"""One city: who it is, what it does under each arm, its quota account, its partners."""

from analysis.one_city.portrait import Portrait, portrait

__all__ = ["Portrait", "portrait"]
