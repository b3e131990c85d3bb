"""The picture of claims: its title counts what surely holds, its lines say what decided them."""

import pandas as pd

from analysis.figures.claims import _shares
from analysis.uncertainty.shares import interval


def test_the_picture_counts_claims_by_their_intervals_and_says_which_few_worlds_decide() -> None:
    rows = [(name, held / of, *interval(held, of), of, 48)
            for name, held, of in (("A", 48, 48), ("B", 43, 48), ("C", 2, 2))]  # fmt: skip
    columns = ["statement", "share", "low", "high", "worlds", "drawn"]
    figure = _shares(pd.DataFrame(rows, columns=columns))
    told = [text.get_text().replace("\n", " ") for text in figure.findobj(match=_is_text)]
    assert any("1 of 3 statements surely hold in at least four of five" in one for one in told)
    assert any("Share of 48 drawn worlds" in one for one in told)
    assert "C (decided in 2 of 48 worlds)" in told
    assert "A" in told


def _is_text(artist: object) -> bool:
    return hasattr(artist, "get_text")
