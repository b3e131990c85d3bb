"""Tables of a document that the code writes, between marker lines."""

import pandas as pd

from data.errors import InputError


def markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown, its columns in order and its index left out."""
    lines = [list(map(str, table.columns)), ["---"] * table.shape[1]]
    lines += [[str(value) for value in row] for row in table.itertuples(index=False)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def with_table(text: str, name: str, table: str) -> str:
    """Return a document with the table between the lines `<!-- name:begin -->` and `:end`.

    Raises
    ------
    InputError
        If it does not hold both lines once, one below the other.
    """
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->\n"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(end) < text.index(begin):
        raise InputError(
            f"the document must hold {begin.strip()} and, below it, {end.strip()}, once each"
        )
    before, rest = text.split(begin)
    return f"{before}{begin}{table}\n{end}{rest.split(end)[1]}"
