"""The columns of a table and what they depend on, as inline SVG: inputs on the left, the table on the right.

Every column is a link; colours are those of the page, light or dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from lake_assets.lineage import Edge, edges_of_table
from lake_assets.model import ALL_ROWS, TableLineage, TableRef, Way
from lake_assets.site.origins import ANY_COLUMN

__all__ = ["draw_columns"]

_LINE, _HEAD, _FOOT, _GAP, _MARGIN, _BETWEEN = 21, 28, 6, 16, 8, 150
_LETTER, _PADDING, _LEAST, _MOST_LETTERS = 7.4, 14, 150, 36
_MOST_COLUMNS, _MOST_LINES = 60, 400
_SMALLEST = 0.8
_WORDS = {ALL_ROWS: "all its rows", ANY_COLUMN: "any of its columns"}
_CSS = {Way.IDENTITY: "same", Way.TRANSFORMATION: "made", Way.AGGREGATION: "summed"}
_RANKS = ("same", "made", "summed", "decides", "opaque")

Href = Callable[[TableRef, str], str]


@dataclass(frozen=True)
class _Curve:
    """From a column on the left to one on the right."""

    table: TableRef
    column: str
    target: str
    css: str


@dataclass(frozen=True)
class _Box:
    """A table and those of its columns that are drawn."""

    ref: TableRef
    columns: Sequence[str]
    left: float
    top: float
    width: float

    @property
    def height(self) -> int:
        return _HEAD + _LINE * len(self.columns) + _FOOT

    @cached_property
    def middles(self) -> Mapping[str, float]:
        return {name: self.top + _HEAD + _LINE * (at + 0.5) for at, name in enumerate(self.columns)}


def draw_columns(lineage: TableLineage, href: Href) -> tuple[Markup, int]:
    """Draw what the columns of a table depend on.

    Args:
        lineage: Of the table.
        href: Where a column leads from the page of the drawing, or a table, whose column is empty.

    Returns:
        The drawing, empty where nothing is known; and how many dependencies are left out, as there are very many.
    """
    every = list(dict.fromkeys(map(_curve, edges_of_table(lineage))))
    names = [*list(lineage.columns)[:_MOST_COLUMNS], *([ALL_ROWS] if lineage.rows else [])]
    fitting = sorted((each for each in every if each.target in names), key=lambda one: _RANKS.index(one.css))
    curves = fitting[:_MOST_LINES]
    if not curves:
        return Markup(""), 0
    inputs = _inputs(sorted(curves, key=lambda each: names.index(each.target)))
    right = max(box.left + box.width for box in inputs.values()) + _BETWEEN
    target = _Box(lineage.target, names, right, _MARGIN, _width(lineage.target, names))
    lines = [
        *(_path(each, inputs[each.table], target) for each in reversed(curves)),
        *(line for box in inputs.values() for line in _drawn(box, href, "")),
        *_drawn(target, href, "which rows there are"),
    ]
    return _framed(lines, [*inputs.values(), target], f"Columns of {lineage.target}"), len(every) - len(
        curves
    )


def _curve(edge: Edge) -> _Curve:
    origin, target = edge.origin, edge.target.column
    if edge.is_opaque:
        return _Curve(origin.table, ANY_COLUMN, target, "opaque")
    direct = [way for way in edge.ways if way.is_direct]
    return _Curve(origin.table, origin.column, target, _CSS[direct[-1]] if direct else "decides")


def _inputs(curves: Iterable[_Curve]) -> dict[TableRef, _Box]:
    """The tables on the left, below each other, their columns in the order in which they are met."""
    columns: dict[TableRef, dict[str, None]] = {}
    for each in curves:
        columns.setdefault(each.table, {})[each.column] = None
    width = max(_width(ref, names) for ref, names in columns.items())
    boxes, top = dict[TableRef, _Box](), float(_MARGIN)
    for ref, names in columns.items():
        boxes[ref] = _Box(ref, list(names), _MARGIN, top, width)
        top += boxes[ref].height + _GAP
    return boxes


def _width(ref: TableRef, names: Iterable[str]) -> float:
    longest = max(len(_cut(each)) for each in (str(ref), *names, *_WORDS.values()))
    return max(_LEAST, longest * _LETTER + 2 * _PADDING)


def _path(curve: _Curve, start: _Box, end: _Box) -> str:
    x, y = start.left + start.width, start.middles[curve.column]
    to_x, to_y, bend = end.left, end.middles[curve.target], _BETWEEN / 2
    way = f"M{x:.0f},{y:.1f}C{x + bend:.0f},{y:.1f} {to_x - bend:.0f},{to_y:.1f} {to_x:.0f},{to_y:.1f}"
    return f'<path class="{curve.css}" d="{way}"/>'


def _drawn(box: _Box, href: Href, rows: str) -> Iterator[str]:
    """A table: its name, then a line for each column; its rows are called what is said."""
    x, place = box.left + _PADDING, f'x="{box.left:.0f}" y="{box.top:.0f}" height="{box.height}"'
    yield f'<g class="node {box.ref.zone.value}"><rect {place} width="{box.width:.0f}" rx="6"/>'
    yield f'<rect class="band" {place} width="4" rx="2"/>'
    yield _line(str(box.ref), "head", x, box.top + 19, href(box.ref, ""))
    for name, middle in box.middles.items():
        if name in _WORDS:
            yield _line(rows or _WORDS[name], "note", x, middle + 4, "")
        else:
            yield _line(name, "name", x, middle + 4, href(box.ref, name))
    yield "</g>"


def _line(text: str, css: str, x: float, y: float, href: str) -> str:
    title = f"<title>{escape(text)}</title>" if len(text) > _MOST_LETTERS else ""
    drawn = f'<text class="{css}" x="{x:.0f}" y="{y:.0f}">{title}{escape(_cut(text))}</text>'
    return f'<a href="{escape(href)}">{drawn}</a>' if href else drawn


def _framed(lines: Iterable[str], boxes: Sequence[_Box], label: str) -> Markup:
    width = max(box.left + box.width for box in boxes) + _MARGIN
    height = max(box.top + box.height for box in boxes) + _MARGIN
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    least = f'style="min-width:{width * _SMALLEST:.0f}px"'
    head = f'<svg class="flow lineage" role="group" aria-label="{escape(label)}" {size} {least}>'
    return Markup("\n".join([head, *lines, "</svg>"]))  # noqa: S704 (every text in it is escaped)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
