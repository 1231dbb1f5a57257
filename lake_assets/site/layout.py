"""Where the nodes of a flow stand when it is drawn from left to right: ranks, an order in each, heights.

Source:
    Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical system structures (1981): longest paths
    give the ranks, edges over several ranks get a bend in each, barycentres the order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lake_assets.site.flow import Flow

__all__ = ["Layout", "lay_out"]

_SWEEPS = 6
_NODE_GAP, _BEND_GAP = 1.0, 0.45


@dataclass(frozen=True)
class Layout:
    """Where everything stands.

    Args:
        ranks: Column of each node, from 0.
        heights: Height of each node, in nodes, from 0.
        bends: Of each edge that crosses columns, by its place among the edges: the heights in each of them.
    """

    ranks: Mapping[str, int]
    heights: Mapping[str, float]
    bends: Mapping[int, tuple[float, ...]]


@dataclass
class _Net:
    """The flow with a bend in every rank that an edge crosses."""

    columns: list[list[str]]
    before: dict[str, list[str]]
    after: dict[str, list[str]]
    bends: dict[int, list[str]]


def lay_out(flow: Flow) -> Layout:
    """Lay out a flow.

    Args:
        flow: Of which a circle is drawn with an edge that goes back.
    """
    ranks = _ranks(flow)
    net = _net(flow, ranks)
    _order(net)
    heights = _heights(net)
    return Layout(
        ranks,
        {node: heights[node] for node in flow.nodes},
        {place: tuple(heights[each] for each in bends) for place, bends in net.bends.items()},
    )


def _ranks(flow: Flow) -> dict[str, int]:
    """The longest way to each node; a node that is on the way to itself is passed over."""
    ranks: dict[str, int] = {}
    for start in flow.nodes:
        waiting, under_way = [start], set[str]()
        while waiting:
            node = waiting[-1]
            under_way.add(node)
            earlier = [each.start for each in flow.before(node)]
            open_ones = [each for each in earlier if each not in ranks and each not in under_way]
            if node not in ranks and open_ones:
                waiting.extend(open_ones[:1])
                continue
            ranks.setdefault(node, 1 + max((ranks.get(each, -1) for each in earlier), default=-1))
            under_way.discard(waiting.pop())
    return ranks


def _net(flow: Flow, ranks: Mapping[str, int]) -> _Net:
    columns: list[list[str]] = [[] for _ in range(1 + max(ranks.values(), default=0))]
    for node in flow.nodes:
        columns[ranks[node]].append(node)
    net = _Net(columns, {}, {}, {})
    for place, edge in enumerate(flow.edges):
        crossed = range(ranks[edge.start] + 1, ranks[edge.end])
        bends = [f"\0{place}:{rank}" for rank in crossed]
        for bend, rank in zip(bends, crossed, strict=True):
            columns[rank].append(bend)
        net.bends[place] = bends
        way = [edge.start, *bends, edge.end]
        for one, other in pairwise(way):
            net.after.setdefault(one, []).append(other)
            net.before.setdefault(other, []).append(one)
    return net


def _order(net: _Net) -> None:
    """Sort each column by where its neighbours stand, there and back again."""
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        columns = net.columns if forward else net.columns[::-1]
        neighbours = net.before if forward else net.after
        for fixed, column in pairwise(columns):
            places = {node: place / len(fixed) for place, node in enumerate(fixed)}
            own = {node: place / len(column) for place, node in enumerate(column)}
            column.sort(key=lambda node: _mean(neighbours.get(node, ()), places, own[node]))


def _mean(nodes: Sequence[str], places: Mapping[str, float], otherwise: float) -> float:
    known = [places[node] for node in nodes if node in places]
    return sum(known) / len(known) if known else otherwise


def _heights(net: _Net) -> dict[str, float]:
    """Draw each node towards the middle of its neighbours, as far as its column has room."""
    heights: dict[str, float] = {}
    for column in net.columns:
        _place(column, {node: float(place) for place, node in enumerate(column)}, heights)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = net.before if forward else net.after
        for column in net.columns if forward else net.columns[::-1]:
            wanted = {node: _mean(neighbours.get(node, ()), heights, heights[node]) for node in column}
            _place(column, wanted, heights)
    least = min(heights.values(), default=0.0)
    return {node: height - least for node, height in heights.items()}


def _place(column: Sequence[str], wanted: Mapping[str, float], heights: dict[str, float]) -> None:
    """Keep the order and the gaps; what is crowded spreads evenly around where it wanted to be."""
    groups: list[tuple[list[str], float]] = []
    offsets = _offsets(column)
    for node in column:
        group, ideal = [node], wanted[node] - offsets[node]
        while groups and groups[-1][1] > ideal:
            earlier, other = groups.pop()
            ideal = (other * len(earlier) + ideal * len(group)) / (len(earlier) + len(group))
            group = earlier + group
        groups.append((group, ideal))
    heights.update({node: ideal + offsets[node] for group, ideal in groups for node in group})


def _offsets(column: Sequence[str]) -> dict[str, float]:
    """The least height of each node below the first of its column."""
    offsets, height, last = dict[str, float](), 0.0, ""
    for node in column:
        if last:
            both_bend = last.startswith("\0") and node.startswith("\0")
            height += _BEND_GAP if both_bend else _NODE_GAP
        offsets[node], last = height, node
    return offsets
