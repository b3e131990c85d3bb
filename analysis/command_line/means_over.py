"""Over which runs the means of a screen are, where arms do not all have the same."""

from analysis.findings.finding import Finding


def means_over(found: Finding) -> str:
    """Return sentences on it, a space before each; nothing where all arms have all runs."""
    if not found.whole and found.shared == found.replications:
        return " Each arm's mean is over runs of its own: hardly any are shared."
    told = []
    if not found.whole:
        told.append(f" Means over the {found.shared} of {found.replications} runs that arms share.")
    own = [one.head for one in found.verdicts if not one.alike]
    if own:
        told.append(f" Over each arm's own runs, where it has a value: {', '.join(own)}.")
    return "".join(told)
