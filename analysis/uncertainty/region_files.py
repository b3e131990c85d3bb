"""Regions of failure as files that can be run: a scenario from their midst, and an experiment."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

from analysis.uncertainty.regions import Region
from analysis.uncertainty.worlds import Worlds
from data.atomic import atomic
from data.errors import InputError
from scenarios.claims import Claim
from scenarios.experiment import Experiment
from scenarios.uncertainties import with_numbers
from scenarios.uncertainty import Uncertainty
from scenarios.writing import written


def write_regions(
    experiment: Experiment,
    folder: Path,
    worlds: Worlds,
    found: Sequence[tuple[Claim, Region]],
) -> None:
    """Write `region_N.toml` and `region_N_experiment.toml` for each region.

    The first is the first policy in a world from the midst of the region; the second all arms in
    that world, uncertain within the region alone, with the claim that fails there. A region whose
    middle no arm can be run in has neither. Those of an earlier number of worlds go.
    """
    for earlier in folder.glob("region_*.toml"):
        earlier.unlink()
    for number, (claim, region) in enumerate(found, start=1):
        middle = np.median(worlds.shares[region.inside], axis=0)
        numbers = {
            one.key: one.value(float(share))
            for one, share in zip(worlds.uncertainties, middle, strict=True)
        }
        policies = [arm.name for arm in experiment.arms if arm.name in worlds.rivals]
        try:
            arms = {arm.name: with_numbers(arm.scenario, numbers) for arm in experiment.arms}
        except InputError:
            continue
        base = arms[(policies or list(arms))[0]]
        told = f"# Where this fails: {claim.says}\n# {region}\n"
        name = f"region_{number}"
        _write(folder / f"{name}.toml", told + written(base))
        within = [one for one in map(region.within, worlds.uncertainties) if one is not None]
        sets = {arm: dict(_differences(base.model_dump(), own.model_dump()))
                for arm, own in arms.items()}  # fmt: skip
        if any(value is None for own in sets.values() for value in own.values()):
            continue  # TOML has no word for what an arm lacks and the first policy has
        text = _experiment(experiment, f"{name}.toml", sets, within, claim)
        _write(folder / f"{name}_experiment.toml", told + text)


def _write(path: Path, text: str) -> None:
    with atomic(path) as draft:
        draft.write_text(text, encoding="utf-8")


def _experiment(
    experiment: Experiment,
    file: str,
    sets: Mapping[str, Mapping[str, Any]],
    uncertainties: Sequence[Uncertainty],
    claim: Claim,
) -> str:
    """Return an experiment on the scenario of a file, as TOML."""
    return tomli_w.dumps(
        {
            "title": experiment.title,
            "reference": experiment.reference,
            "scenario": file,
            "replications": experiment.replications,
            "seed": experiment.seed,
            "claims": [claim.model_dump()],
            "uncertainties": [one.model_dump(exclude_none=True) for one in uncertainties],
            "arms": [{"name": name, "set": own} for name, own in sets.items()],
        }
    )


def _differences(
    base: Mapping[str, Any], own: Mapping[str, Any], above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Return what one scenario sets otherwise than another, by dotted key, but their titles."""
    for key, value in own.items():
        other = base.get(key)
        if value == other or (not above and key == "title"):
            continue
        if isinstance(value, dict) and isinstance(other, dict):
            yield from _differences(other, value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
