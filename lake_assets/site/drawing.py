"""A flow as inline SVG, from left to right, each node a link; colours are those of the page, light or dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from lake_assets.site.flow import Edge, Flow
from lake_assets.site.layout import Layout, lay_out

__all__ = ["Node", "draw"]

_LETTER, _PADDING, _LEAST, _MOST_LETTERS = 7.4, 13, 96, 30
_HEIGHT, _STEP, _GAP, _MARGIN = 42, 60, 64, 8
_ARROW = 7
_SMALLEST = 0.72
"""A drawing shrinks to its page, but not so far that it cannot be read; then it is scrolled."""


@dataclass(frozen=True)
class Node:
    """What is written on a node.

    Args:
        name: The first line.
        note: The second line.
        href: Where it leads; empty for nowhere.
        css: The class of its colour.
        title: What is said of it at length.
    """

    name: str
    note: str = ""
    href: str = ""
    css: str = ""
    title: str = ""


@dataclass(frozen=True)
class _Places:
    """Where columns begin and how wide they are."""

    left: Sequence[float]
    widths: Sequence[float]
    layout: Layout

    def y(self, height: float) -> float:
        return _MARGIN + height * _STEP

    def middle(self, node: str) -> float:
        return self.y(self.layout.heights[node]) + _HEIGHT / 2

    def right_of(self, node: str) -> float:
        rank = self.layout.ranks[node]
        return self.left[rank] + self.widths[rank]


def draw(flow: Flow, nodes: Mapping[str, Node], label: str, focus: str = "") -> Markup:
    """Draw a flow.

    Args:
        flow: What is drawn.
        nodes: What is written on each of its nodes.
        label: What the drawing shows, for those who cannot see it.
        focus: The node that the page is about.
    """
    layout = lay_out(flow)
    places = _places(flow, nodes, layout)
    width = (places.left[-1] + places.widths[-1] if flow.nodes else 0) + _MARGIN
    height = places.y(max(layout.heights.values(), default=0)) + _HEIGHT + _MARGIN
    edges = [_edge(places, edge, layout.bends[at]) for at, edge in enumerate(flow.edges)]
    boxes = [_node(places, each, nodes[each], is_focus=each == focus) for each in flow.nodes]
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    least = f'style="min-width:{width * _SMALLEST:.0f}px"'
    head = f'<svg class="flow" role="group" aria-label="{escape(label)}" {size} {least}>'
    return Markup("\n".join([head, *edges, *boxes, "</svg>"]))  # noqa: S704 (every text in it is escaped)


def _places(flow: Flow, nodes: Mapping[str, Node], layout: Layout) -> _Places:
    widths = [float(_LEAST)] * (1 + max(layout.ranks.values(), default=0))
    for each in flow.nodes:
        rank = layout.ranks[each]
        letters = max(len(_cut(nodes[each].name)), round(len(nodes[each].note) * 0.86))
        widths[rank] = max(widths[rank], letters * _LETTER + 2 * _PADDING)
    left, at = [], float(_MARGIN)
    for width in widths:
        left.append(at)
        at += width + _GAP
    return _Places(left, widths, layout)


def _edge(places: _Places, edge: Edge, bends: Sequence[float]) -> str:
    """A curve that leaves and arrives level, and crosses the columns between at its bends."""
    x, y = places.right_of(edge.start), places.middle(edge.start)
    first = places.layout.ranks[edge.start]
    path = [f"M{x:.1f},{y:.1f}"]
    for step, bend in enumerate(bends, first + 1):
        middle = places.y(bend) + _HEIGHT / 2
        path += [_curve(x, y, places.left[step], middle), f"H{places.left[step] + places.widths[step]:.1f}"]
        x, y = places.left[step] + places.widths[step], middle
    end_x = places.left[places.layout.ranks[edge.end]]
    path.append(_curve(x, y, end_x - _ARROW, places.middle(edge.end)))
    css = "edge lookup" if edge.is_lookup else "edge"
    tip = f"M{end_x:.1f},{places.middle(edge.end):.1f}l-{_ARROW},-4v8z"
    return f'<path class="{css}" d="{" ".join(path)}"/><path class="tip" d="{tip}"/>'


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = max(12.0, abs(to_x - x) * 0.5)
    return f"C{x + bend:.1f},{y:.1f} {to_x - bend:.1f},{to_y:.1f} {to_x:.1f},{to_y:.1f}"


def _node(places: _Places, name: str, node: Node, *, is_focus: bool) -> str:
    rank = places.layout.ranks[name]
    x, y, width = places.left[rank], places.y(places.layout.heights[name]), places.widths[rank]
    place, text_x = f'x="{x:.1f}" y="{y:.1f}"', x + _PADDING
    box = (
        f'<g class="node {node.css}{" focus" if is_focus else ""}"><title>{escape(node.title or node.name)}</title>'
        f'<rect {place} width="{width:.1f}" height="{_HEIGHT}" rx="6"/>'
        f'<rect class="band" {place} width="4" height="{_HEIGHT}" rx="2"/>'
        f'<text x="{text_x:.1f}" y="{y + 18:.1f}">{escape(_cut(node.name))}</text>'
        f'<text class="note" x="{text_x:.1f}" y="{y + 33:.1f}">{escape(node.note)}</text></g>'
    )
    return f'<a href="{escape(node.href)}">{box}</a>' if node.href and not is_focus else box


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
