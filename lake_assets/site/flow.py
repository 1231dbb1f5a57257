"""Which table is made of which: the edges of the lake, from what is declared."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lake_assets.declarations import Declarations
from lake_assets.model import Dataset, TableRef, Zone

__all__ = ["SOURCE", "Edge", "Flow", "flow_of", "references_of", "source_node"]

SOURCE = "source:"
"""What the node of a source begins with; all others are tables, written `zone.name`."""


@dataclass(frozen=True, order=True)
class Edge:
    """From what is read to what is made of it.

    Args:
        start: A node.
        end: A node.
        is_lookup: Whether the rules of the end only look there.
    """

    start: str
    end: str
    is_lookup: bool = False


@dataclass(frozen=True)
class Flow:
    """All edges of a lake.

    Args:
        nodes: In the order of the flow.
        edges: Each once.
    """

    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]

    def before(self, node: str) -> tuple[Edge, ...]:
        """What a node is made of."""
        return self._before.get(node, ())

    def after(self, node: str) -> tuple[Edge, ...]:
        """What is made of a node."""
        return self._after.get(node, ())

    def around(self, node: str, most: int) -> tuple[Flow, int]:
        """The part of the flow that leads to a node and goes on from it.

        Args:
            node: The node.
            most: So many other nodes at most, the nearest on either side.

        Returns:
            The part, and how many nodes are too far off to be in it.
        """
        earlier = list(_walk(node, lambda at: [each.start for each in self.before(at)]))
        later = list(_walk(node, lambda at: [each.end for each in self.after(at)]))
        room = max(most // 2, most - len(later))
        chosen = {node, *earlier[:room]}
        chosen |= set(later[: max(most // 2, most - len(earlier))])
        return self.among(chosen), len({node, *earlier, *later}) - len(chosen)

    def among(self, chosen: Iterable[str]) -> Flow:
        """The part of the flow between some nodes."""
        held = set(chosen)
        edges = sorted(each for one in held for each in self.after(one) if each.end in held)
        return Flow(tuple(sorted(held, key=self._places.__getitem__)), tuple(edges))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {node: place for place, node in enumerate(self.nodes)}

    @cached_property
    def _before(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped((each.end, each) for each in self.edges)

    @cached_property
    def _after(self) -> Mapping[str, tuple[Edge, ...]]:
        return _grouped((each.start, each) for each in self.edges)


def source_node(name: str) -> str:
    """The node of a source: what it hands over waits in the landing zones."""
    return f"{SOURCE}{name}"


def flow_of(declarations: Declarations) -> Flow:
    """The flow of a lake, quarantine and governance apart.

    Args:
        declarations: Of the lake.
    """
    edges = dict.fromkeys(
        [
            *(edge for dataset in declarations.tables for edge in _of_dataset(dataset)),
            *(
                Edge(str(ref), str(made.target))
                for made in declarations.transformations
                for ref in made.inputs.values()
            ),
        ]
    )
    tables = declarations.tables
    declared = [
        *(source_node(source.name) for source in declarations.sources),
        *(str(each.table(Zone.FORMATTED)) for each in tables if not each.parent),
        *(str(each.table(Zone.TRUSTED)) for each in tables),
        *(str(each.target) for each in declarations.transformations),
    ]
    others = [node for edge in edges for node in (edge.start, edge.end)]
    return Flow(tuple(dict.fromkeys([*declared, *others])), tuple(edges))


def _of_dataset(dataset: Dataset) -> Iterator[Edge]:
    trusted = str(dataset.table(Zone.TRUSTED))
    if dataset.parent:
        yield Edge(str(TableRef(Zone.TRUSTED, dataset.parent)), trusted)
    else:
        formatted = str(dataset.table(Zone.FORMATTED))
        yield Edge(source_node(dataset.source), formatted)
        yield Edge(formatted, trusted)
    for ref in references_of(dataset):
        yield Edge(str(ref), trusted, is_lookup=True)


def references_of(dataset: Dataset) -> list[TableRef]:
    """The other tables that the rules of a dataset look up."""
    named = (rule.parameters.get("table") for rule in dataset.rules if rule.kind == "references")
    return sorted({TableRef.parse(str(name)) for name in named if name} - {dataset.table(Zone.TRUSTED)})


def _grouped(pairs: Iterable[tuple[str, Edge]]) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for node, edge in pairs:
        found.setdefault(node, []).append(edge)
    return {node: tuple(edges) for node, edges in found.items()}


def _walk(node: str, next_of: Callable[[str], list[str]]) -> Iterator[str]:
    """The nodes that can be reached, the nearest first."""
    seen, waiting = {node}, deque([node])
    while waiting:
        for each in next_of(waiting.popleft()):
            if each not in seen:
                seen.add(each)
                waiting.append(each)
                yield each
