"""The lineage of a table as a picture: SVG that any browser draws, input tables on the left, the table on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lake_assets.lineage.tree import Edge, edges_of_table
from lake_assets.model import ALL_ROWS, TableLineage, TableRef, Way

__all__ = ["drawing_of"]

_LINE, _HEAD, _GAP, _TOP = 22, 28, 18, 56
_BOX, _BETWEEN, _MARGIN = 330, 300, 14
_WIDTH = 2 * (_BOX + _MARGIN) + _BETWEEN
_MOST_COLUMNS, _MOST_EDGES = 60, 400
_INK, _PALE, _FRAME, _BAND = "#1b2733", "#66788a", "#c3cdd7", "#eef2f6"
_COLOURS = {
    Way.IDENTITY: "#4a7fb5",
    Way.TRANSFORMATION: "#3a8f5c",
    Way.AGGREGATION: "#8a4fa3",
}
_DECIDING, _OPAQUE = "#c98500", "#c0392b"
_LEGEND = (
    ("the same value", "#4a7fb5", False),
    ("made of it", "#3a8f5c", False),
    ("aggregated", "#8a4fa3", False),
    ("decides about it: filter, join, group, sort, window, condition", _DECIDING, True),
    ("may depend (opaque)", _OPAQUE, True),
)


@dataclass(frozen=True)
class _Box:
    """A table as drawn.

    Args:
        ref: The table.
        columns: The columns that are drawn, `*` for its rows.
        left: Where it begins.
        top: Where it begins.
    """

    ref: TableRef
    columns: Sequence[str]
    left: int
    top: int

    @property
    def height(self) -> int:
        """Of head and lines."""
        return _HEAD + _LINE * len(self.columns) + 4

    def middle(self, column: str) -> float:
        """The height at which the line of a column is."""
        return self.top + _HEAD + _LINE * (self.columns.index(column) + 0.5)


def drawing_of(lineage: TableLineage) -> str:
    """The picture; of a very wide table the first columns, and of very many dependencies those that give values first.

    Args:
        lineage: What the columns of the table depend on.
    """
    columns = list(lineage.columns)[:_MOST_COLUMNS]
    lines = [*columns, *([ALL_ROWS] if lineage.rows else [])]
    every = edges_of_table(lineage)
    fitting = [each for each in every if each.target.column in lines]
    drawn = set(sorted(fitting, key=_rank)[:_MOST_EDGES])
    edges = [each for each in fitting if each in drawn]
    inputs = _inputs(edges)
    target = _Box(lineage.target, lines, _MARGIN + _BOX + _BETWEEN, _TOP)
    bottom = max(box.top + box.height for box in (target, *inputs.values())) + _GAP
    return "\n".join(
        [
            _opening(bottom + 26),
            _text(_MARGIN, 20, _title(lineage, len(columns), len(every) - len(edges)), weight="bold"),
            *_opaque(lineage),
            *_curves(edges, inputs, target),
            *(line for box in inputs.values() for line in _box(box, "all its rows")),
            *_box(target, "which rows there are"),
            *_legend(bottom + 12),
            "</svg>",
        ]
    )


def _rank(edge: Edge) -> tuple[bool, bool]:
    return edge.is_opaque, not edge.is_direct


def _opening(height: int) -> str:
    size = f'width="{_WIDTH}" height="{height}"'
    view = f'viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif" font-size="12" fill="{_INK}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view}>\n<rect {size} fill="white"/>'


def _title(lineage: TableLineage, columns: int, left_out: int) -> str:
    first = f", its first {columns} columns" if columns < len(lineage.columns) else ""
    rest = f", {left_out:,} more dependencies not drawn" if left_out else ""
    return f"{lineage.target}: what its columns depend on{first}{rest}"


def _opaque(lineage: TableLineage) -> list[str]:
    told = "opaque: " + "; ".join(lineage.opaque)
    return [_text(_MARGIN, 40, _cut(told, 140), colour=_OPAQUE)] if lineage.opaque else []


def _inputs(edges: Iterable[Edge]) -> Mapping[TableRef, _Box]:
    """The tables on the left, each with the columns that something depends on, below each other."""
    columns: dict[TableRef, list[str]] = {}
    for origin in dict.fromkeys(edge.origin for edge in edges):
        columns.setdefault(origin.table, []).append(origin.column)
    boxes, top = dict[TableRef, _Box](), _TOP
    for ref, names in columns.items():
        boxes[ref] = _Box(ref, names, _MARGIN, top)
        top += boxes[ref].height + _GAP
    return boxes


def _curves(edges: Sequence[Edge], inputs: Mapping[TableRef, _Box], target: _Box) -> Iterator[str]:
    """What decides below, what gives values on top of it."""
    for edge in sorted(edges, key=lambda each: each.is_direct):
        source = inputs[edge.origin.table]
        start, end = source.left + _BOX, target.left
        y, to = source.middle(edge.origin.column), target.middle(edge.target.column)
        bend = _BETWEEN / 2
        yield (
            f'<path d="M{start} {y:.0f}C{start + bend:.0f} {y:.0f} {end - bend:.0f} {to:.0f} {end} {to:.0f}" '
            f'fill="none" {_stroke(*_look(edge))}/>'
        )


def _look(edge: Edge) -> tuple[str, bool]:
    """The colour of an edge, and whether it is broken."""
    if edge.is_opaque:
        return _OPAQUE, True
    direct = [way for way in edge.ways if way.is_direct]
    return (_COLOURS[direct[-1]], False) if direct else (_DECIDING, True)


def _stroke(colour: str, is_broken: bool) -> str:  # noqa: FBT001 - both come from one pair
    dashes = ' stroke-dasharray="5 4" stroke-opacity="0.75"' if is_broken else ""
    return f'stroke="{colour}" stroke-width="{1.1 if is_broken else 1.6}"{dashes}'


def _box(box: _Box, rows: str) -> Iterator[str]:
    """A table: its name, then a line for each column; its rows are called what is said."""
    place = f'x="{box.left}" width="{_BOX}"'
    yield f'<rect {place} y="{box.top}" height="{box.height}" rx="4" fill="white" stroke="{_FRAME}"/>'
    yield f'<rect {place} y="{box.top}" height="{_HEAD - 4}" rx="4" fill="{_BAND}" stroke="{_FRAME}"/>'
    yield _text(box.left + 10, box.top + 17, _cut(str(box.ref), 46), weight="bold")
    for name in box.columns:
        label, colour = (rows, _PALE) if name == ALL_ROWS else (name, _INK)
        yield _text(box.left + 10, box.middle(name) + 4, _cut(label, 48), colour=colour)


def _legend(y: int) -> Iterator[str]:
    x = _MARGIN
    for words, colour, is_broken in _LEGEND:
        yield f'<path d="M{x} {y - 4}h22" fill="none" {_stroke(colour, is_broken)}/>'
        yield _text(x + 28, y, words, colour=_PALE)
        x += 48 + int(6.2 * len(words))


def _text(x: float, y: float, text: str, *, colour: str = _INK, weight: str = "normal") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-weight="{weight}">{_clean(text)}</text>'


def _clean(text: str) -> str:
    """Without characters that XML does not hold."""
    return escape("".join(each if each.isprintable() else " " for each in text))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
