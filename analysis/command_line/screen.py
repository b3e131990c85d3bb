"""The answer on one screen: what was asked, the finding, a matrix, and where to look next."""

from collections.abc import Sequence

from rich.console import Console

from analysis.command_line.arm_rows import arm_rows
from analysis.command_line.blocks import Shown, blocks
from analysis.command_line.means_over import means_over
from analysis.command_line.over_economies import over_economies
from analysis.documents.numbers import four_figures, percent
from analysis.experiment.own_words import own_words
from analysis.figures.style import label, words
from analysis.findings.claims import claims_in_words
from analysis.findings.finding import Finding
from analysis.findings.precision import precision_words
from analysis.findings.tongue import ENGLISH
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict
from scenarios.experiment import Experiment

MORE = "Further outcomes: --full, a wider window, or --outcomes."
PROMPT = 2
"""Lines left for the command and the next prompt."""
MANY = 16
"""Arms above which cells have no intervals, so that a table stays on a screen."""


def print_answer(
    found: Finding, console: Console, *, quiet: bool = False, whole: bool = True
) -> None:
    """Print a finding; `quiet` leaves the matrix out.

    Unless the `whole` matrix is asked for, a terminal shows as much of it as it is tall.
    """
    experiment = found.comparison.experiment
    above = [experiment.title, about(found), *sentences(found)]
    below = [] if quiet else [legend(found)]
    below.append(f"Results: {found.comparison.folder}")
    below += [] if quiet else [next_steps(found)]
    parts = [] if quiet else matrix(found, console.width)
    if console.is_terminal and not whole:
        taken = sum(_lines(text, console) for text in (*above, *below)) + PROMPT
        parts = _fitting(parts, console.height - taken)
    console.print(above[0], style="bold")
    for text in above[1:]:
        console.print(text)
    for block in parts:
        console.print("\n".join(block), soft_wrap=True)
    if parts and len(parts) < len(matrix(found, console.width)):
        console.print(MORE)
    for text in below:
        console.print(text, soft_wrap=text.startswith("Results: "))


def _fitting(parts: list[list[str]], lines: int) -> list[list[str]]:
    """Return the first blocks that fit into so many lines, one at least."""
    if sum(map(len, parts)) <= lines:
        return parts
    kept = parts[:1]
    for part in parts[1:]:
        if sum(map(len, kept)) + len(part) + 1 > lines:
            break
        kept.append(part)
    return kept


def _lines(text: str, console: Console) -> int:
    return len(console.render_lines(console.render_str(text), pad=False))


def about(found: Finding) -> str:
    """Return years, cap, replications and economies in a line."""
    experiment = found.comparison.experiment
    years = experiment.arms[0].scenario.horizon.years
    runs, fewest = found.replications, found.fewest
    number = f"{runs}" if fewest == runs else f"{fewest} to {runs}"
    parts = [f"{years[0]}–{years[-1]}", f"{number} replication{'s' if runs > 1 else ''} an arm"]
    drawn = experiment.economies > 1
    parts.append(f"{experiment.economies} drawn economies" if drawn else "economy as compiled")
    return ", ".join([*parts[:1], *cap_of(experiment), *parts[1:]]) + "."


def cap_of(experiment: Experiment) -> list[str]:
    """Return the cap in words, where all policies have the same."""
    caps = [arm.scenario.cap for arm in experiment.arms if arm.scenario.has_policy]
    if not caps or any(cap != caps[0] for cap in caps):
        return []
    cut = getattr(caps[0], "cut", None)
    path = words(caps[0].path)
    return [f"cap {percent(cut)} {path}" if cut is not None else f"cap by {path}"]


def sentences(found: Finding) -> list[str]:
    """Return the finding as paragraphs, what holds beyond these parameters beside it."""
    paragraph = " ".join(map(str, found.statements))
    lines = [" ".join(filter(None, (paragraph, precision(found))))]
    lines.append(claims_in_words(found.claims))
    lines += [f"The cap of {label(arm)} never bites." for arm in found.comparison.not_binding]
    return [line for line in lines if line]


def precision(found: Finding) -> str:
    """Return how many replications know differences to what matters, in a sentence."""
    if found.replications == 1:
        return ENGLISH.phrases["one_run"]
    return precision_words(found.leads)


def matrix(found: Finding, width: int) -> list[list[str]]:
    """Return arms by outcomes as blocks of lines; the cells of many arms have no intervals."""
    corner, rows = arm_rows(list(found.arms.labels), found.arms)
    columns = [
        Shown(_head(v), tuple(_cell(v, arm, _few(found)) for _, arm in rows))
        for v in found.verdicts
    ]
    return blocks(corner, [name for name, _ in rows], columns, width)


def legend(found: Finding) -> str:
    """Return how to read a cell."""
    if found.replications == 1:
        return f"One replication, no intervals.{means_over(found)}"
    text = "Mean ± half its 95 % interval" if _few(found) else "Means; intervals with --json"
    text += f"{over_economies(found.comparison.experiment)}."
    if len(_policies(found)) > 1:
        text += " Same letter: not told apart, or closer than what matters (a: best, or lowest)."
        text += _own_material(found)
    return text + means_over(found)


def _own_material(found: Finding) -> str:
    """Return the smallest differences that the user has set, of the outcomes shown."""
    own = found.comparison.experiment.material
    told = [
        " ".join(filter(None, (one.head, four_figures(one.material), unit_of(one.outcome))))
        for one in found.verdicts
        if one.outcome.word in own
    ]
    return f" Smallest difference that matters, as set: {', '.join(told)}." if told else ""


def next_steps(found: Finding) -> str:
    """Return where to look next."""
    pictures = "figures/, " if found.comparison.pictures else ""
    plugin = " (with --plugin FILE)" if own_words(found.comparison.experiment) else ""
    return f"Next: {pictures}--full, quotapolis report FOLDER, quotapolis city NAME FOLDER{plugin}"


def _policies(found: Finding) -> Sequence[str]:
    return [arm for arm in found.arms.labels if arm != found.arms.reference]


def _few(found: Finding) -> bool:
    return len(found.arms.labels) <= MANY


def _head(verdict: Verdict) -> str:
    return ", ".join(filter(None, (verdict.head, unit_of(verdict.outcome))))


def _cell(verdict: Verdict, arm: str | None, interval: bool) -> str:
    if arm is None or arm not in verdict.values:
        return ""
    return verdict.cell(arm, interval=interval)
