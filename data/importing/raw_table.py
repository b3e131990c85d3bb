"""A multi-regional table as somebody gives it: in its own units, nothing derived yet."""

from dataclasses import dataclass, field

from model.arrays import ByRegion, ByRegionSector, Matrix, Square, Vector


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table in full; regions outer, sectors or categories inner, along every axis."""

    source: str
    """File or folder it was read from."""
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    """Of final demand; the same for every region."""
    Z: Square
    """Inter-industry flows, unit of the table; (R·N, R·N). Whoever builds an economy overwrites
    it."""
    Y: Matrix
    """Final demand; (R·N, R·K)."""
    F: ByRegionSector
    """Production emissions, unit of the source; (r, i)."""
    x: Vector | None = None
    """Gross output as stated, if it is; (R·N,)."""
    value_added: Vector | None = None
    """As stated; else output less inputs; (R·N,)."""
    imports: Vector | None = None
    """Inputs from abroad by using sector; (R·N,)."""
    export: Vector | None = None
    """Exports abroad by origin; (R·N,)."""
    household_emissions: ByRegion | None = None
    people: ByRegion | None = None
    names: tuple[str, ...] | None = None
    """Names of the regions, where they differ from `regions`."""
    unit: str = ""
    """Of money, as written in the source."""
    emission_unit: str = ""
    title: str = ""
    said: dict[str, str] = field(default_factory=dict)
    """Choices that the reader made, by what they are about."""
