"""One self-contained HTML page of a reproduction: side by side, tables, pictures."""

import base64
import html
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.documents.numbers import four_figures, percent
from analysis.figures.style import label
from analysis.reproduce.chapter import Chapter, Row

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1a1a1a; max-width: 72rem; margin: 2rem auto;
       padding: 0 1rem; }
h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem }
table { border-collapse: collapse; font-size: 0.85rem; margin: 0.5rem 0 1.5rem }
th, td { border-bottom: 1px solid #ddd; padding: 0.2rem 0.6rem; text-align: left;
         vertical-align: top }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
tr.far td.deviation { font-weight: bold }
div.wide { overflow-x: auto }
div.scroll { overflow-x: auto; max-height: 30rem; overflow-y: auto }
img { max-width: 100%; border: 1px solid #eee }
p.about { color: #5a5a5a }
@media print { div.wide, div.scroll { max-height: none; overflow: visible } }
"""
FAR = 0.20
"""A deviation beyond a fifth is set in bold."""


def page(chapters: Sequence[Chapter], drawn: Mapping[str, Sequence[Path]]) -> str:
    """Return the page with the PNG pictures `drawn`, by paper, embedded: it stands alone."""
    inside = "\n".join(_chapter(chapter, drawn.get(chapter.paper, ())) for chapter in chapters)
    contents = " · ".join(
        f'<a href="#{chapter.paper}">{html.escape(chapter.title)}</a>' for chapter in chapters
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Quotapolis: published and ours</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        "<h1>Published and ours, side by side</h1>\n"
        '<p class="about">Published figures are only compared with: no code that computes ours'
        " reads them. <em>Obtained</em> says how ours came about: free; calibrated; definition"
        " chosen by count (a reading chosen with sight of a published count); input (a threshold"
        " that the paper gives). Deviations beyond a fifth are bold.</p>\n"
        f"<p>{contents}</p>\n{inside}\n</body>\n</html>\n"
    )


def deviation(row: Row) -> str:
    """Return the deviation in percent with its sign, or nothing where there is none."""
    return "" if row.deviation is None else percent(row.deviation, 1, sign=True)


def _chapter(chapter: Chapter, pictures: Sequence[Path]) -> str:
    shown = "\n".join(
        f'<p><img alt="{html.escape(_told(path, chapter))}" src="data:image/png;base64,'
        f'{base64.b64encode(path.read_bytes()).decode("ascii")}"></p>'
        for path in pictures
    )
    tables = "\n".join(
        f'<h3>{html.escape(name)}</h3>\n<div class="scroll">{_table(table)}</div>'
        for name, table in chapter.tables.items()
    )
    return (
        f'<h2 id="{chapter.paper}">{html.escape(chapter.title)}</h2>\n{_side_by_side(chapter)}\n'
        f"{shown}\n{tables}"
    )


def _told(picture: Path, chapter: Chapter) -> str:
    """Return what a picture is of, for who does not see it."""
    return f"{chapter.title}: {label(picture.stem.removeprefix(f'{chapter.paper}_'))}"


def _side_by_side(chapter: Chapter) -> str:
    heads = ("what", "published", "ours", "unit", "deviation", "obtained", "why ours differs")
    numbers = {"published", "ours", "deviation"}
    lines = [_line("th", [(head, "number" if head in numbers else "") for head in heads])]
    for row in chapter.rows:
        off = row.deviation
        cells = [
            (row.what, ""),
            (row.published, "number"),
            (four_figures(row.ours), "number"),
            (row.unit, ""),
            (deviation(row), "number deviation"),
            (row.obtained, ""),
            (row.why, ""),
        ]
        far = off is not None and abs(off) > FAR
        lines.append(_line("td", cells, "far" if far else ""))
    return f'<div class="wide"><table>\n{chr(10).join(lines)}\n</table></div>'


def _table(table: pd.DataFrame) -> str:
    numeric = [pd.api.types.is_numeric_dtype(table[name]) for name in table.columns]
    kinds = ["number" if each else "" for each in numeric]
    lines = [_line("th", list(zip(map(str, table.columns), kinds, strict=True)))]
    lines += [
        _line(
            "td", [(four_figures(value), kind) for value, kind in zip(values, kinds, strict=True)]
        )
        for values in table.itertuples(index=False)
    ]
    return f"<table>\n{chr(10).join(lines)}\n</table>"


def _line(tag: str, cells: Sequence[tuple[str, str]], kind: str = "") -> str:
    inside = "".join(
        f'<{tag} class="{each}">{html.escape(text)}</{tag}>' if each else
        f"<{tag}>{html.escape(text)}</{tag}>"
        for text, each in cells
    )  # fmt: skip
    return f'<tr class="{kind}">{inside}</tr>' if kind else f"<tr>{inside}</tr>"
