"""An animation of results: the map of one policy and the nation's path, year by year, as a GIF."""

from pathlib import Path

import numpy as np
from PIL import Image

from analysis.experiment.results_map import map_of
from analysis.figures.outlines import outlines_of
from analysis.figures.style import label
from analysis.figures.typography import our_typography
from analysis.report.city_values import NAMES, read_cities
from analysis.report.finished_results import FinishedResults, read_results
from analysis.report.measures import SHOWN, unit_of
from analysis.report.moving_map import Movement, frames
from analysis.report.page_files import words
from data.atomic import atomic
from data.errors import InputError, nearest

CHANGE = "emissions_change"
"""Emissions less those without policy."""
MEASURES = (CHANGE, *SHOWN)
SHARES, SIGNED_SHARES = (0.2, 0.4, 0.6, 0.78, 0.91, 0.98), (0.3, 0.65, 0.92)
"""Shares of all values, by size, at which a class of colour ends; as on the page."""
RAMP = ("#E4E1F1", "#CFC9E6", "#ADA3D4", "#8A7DC0", "#6757A9", "#473595", "#241566")
BELOW, MIDDLE, ABOVE = (
    ("#A9D8CF", "#3F9C8E", "#0E5C50"),
    "#EFEEEA",
    ("#D3CBEC", "#8A7DC0", "#332288"),
)
NICE = np.array([1, 1.5, 2, 3, 4, 5, 7, 10])
YEAR, LAST = 550, 2500
"""Milliseconds that a year, and the last one, are shown."""
COLOURS = 128


def write_animation(
    results: str | Path, out: str | Path, *, arm: str = "", measure: str = CHANGE
) -> Path:
    """Write the animation of a results directory, and return where it is.

    Parameters
    ----------
    arm
        The policy shown; the first one if empty.
    measure
        City column that the colours show, or `emissions_change`.

    Raises
    ------
    InputError
        If the folder holds no results, or they have no such arm or measure, or the file is no GIF.
    """
    place = Path(out)
    if place.suffix.lower() != ".gif":
        raise InputError(f"--out {place}: an animation is a GIF; name a file that ends in .gif")
    if measure not in MEASURES:
        raise InputError(f"--measure {measure}: no such measure; {nearest(measure, MEASURES)}")
    read = read_results(results)
    policies = [name for name in read.names if name != read.experiment.reference]
    chosen = arm or next(iter([*policies, *read.names]))
    if chosen not in read.names:
        raise InputError(f"--arm {chosen}: no such arm; {nearest(chosen, read.names)}")
    with our_typography():
        pictures = [Image.fromarray(frame) for frame in frames(_movement(read, chosen, measure))]
    palette = _stacked(pictures).quantize(COLOURS)
    drawn = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    place.parent.mkdir(parents=True, exist_ok=True)
    times = [YEAR] * (len(drawn) - 1) + [LAST]
    with atomic(place) as draft:
        drawn[0].save(draft, format="GIF", save_all=True, append_images=drawn[1:], duration=times,
                      loop=0, optimize=False)  # fmt: skip
    return place


def _movement(read: FinishedResults, arm: str, measure: str) -> Movement:
    cities, reference = read_cities(read), read.experiment.reference
    column = "emissions" if measure == CHANGE else measure
    if column not in cities.means:
        raise InputError(f"--measure {measure}: these results do not record it")
    means = cities.means[column]
    values = means[read.names.index(arm)]
    if measure == CHANGE:
        if reference not in read.names:
            raise InputError(f"--measure {CHANGE}: the run without policy is missing")
        values = values - means[read.names.index(reference)]
    codes, names = ([str(word) for word in cities.names[name]] for name in NAMES[:2])
    unit = unit_of(column, values)
    values = values / unit.size
    signed = bool((values < 0).any())
    borders = borders_of(values, SIGNED_SHARES if signed else SHARES)
    texts = [f"{border:g}" for border in borders]
    emissions, caps = (_by_arm(read, name) for name in ("emissions", "cap"))
    total = unit_of("emissions", np.stack(list(emissions.values())), national=True)
    paths = {name: path / total.size for name, path in emissions.items()}
    return Movement(
        headline=label(arm),
        quantity=f"{_named(measure)}, {unit.word}" if unit.word != "1" else _named(measure),
        years=read.years,
        shapes=outlines_of(map_of(read.folder, codes, names)),
        codes=codes,
        kinds=kinds_of(values, borders, signed=signed),
        colours=_colours(len(borders), signed=signed),
        between=[*(f"−{t}" for t in reversed(texts)), *(f"+{t}" for t in texts)]
        if signed
        else texts,
        unit=total.word,
        paths=paths,
        cap=caps[arm] / total.size,
        arm=arm,
        reference=reference,
    )


def _by_arm(read: FinishedResults, column: str) -> dict[str, np.ndarray]:
    """Return the mean of a national column over replications; by arm, (t,) each."""
    means = read.national.groupby(["arm", "year"], observed=True)[column].mean().unstack("year")
    return {name: means.loc[name].to_numpy(dtype=float) for name in read.names}


def borders_of(values: np.ndarray, shares: tuple[float, ...]) -> list[float]:
    """Return the sizes at which classes end, each a round number, from the smallest."""
    sizes = np.sort(np.abs(values[np.isfinite(values) & (values != 0)]))
    if not sizes.size:
        return []
    found = [_round(float(sizes[int(share * (sizes.size - 1))])) for share in shares]
    return sorted(set(found))


def kinds_of(values: np.ndarray, borders: list[float], *, signed: bool) -> np.ndarray:
    """Return the class of each value, the lowest 0; -1 where there is none."""
    steps = np.searchsorted(borders, np.abs(np.nan_to_num(values)), side="right")
    kinds = len(borders) + np.sign(values) * steps if signed else steps
    return np.where(np.isfinite(values), np.nan_to_num(kinds), -1).astype(int)


def _colours(borders: int, *, signed: bool) -> list[str]:
    if not signed:
        return list(RAMP[: borders + 1])
    return [*reversed(BELOW[:borders]), MIDDLE, *ABOVE[:borders]]


def _round(size: float) -> float:
    power = 10.0 ** np.floor(np.log10(size))
    nearest_one = NICE[np.abs(NICE - size / power).argmin()]
    return float(f"{nearest_one * power:.2g}")


def _named(measure: str) -> str:
    return "Emissions, less no policy" if measure == CHANGE else words()[f"m.{measure}"][0]


def _stacked(pictures: list[Image.Image]) -> Image.Image:
    """Return first, middle and last picture as one, which holds the colours of all."""
    some = [pictures[0], pictures[len(pictures) // 2], pictures[-1]]
    return Image.fromarray(np.concatenate([np.asarray(picture) for picture in some]))
