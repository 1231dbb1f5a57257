"""Where each attribute stands in its YAML file; worked out only when somebody asks."""

from __future__ import annotations

from yaml import MappingNode, Mark, Node, ScalarNode, SequenceNode
from yaml.constructor import SafeConstructor

from lake_assets.declarations.places import KEY, Loc, Places
from lake_assets.model import Place

__all__ = ["Positions"]


class Positions(Places):
    """The places of one YAML document.

    Args:
        node: The parsed document, or the part of it that a `Loc` starts from.
        file: The path to show.
    """

    def __init__(self, node: Node, file: str) -> None:
        """Keep the parsed document."""
        super().__init__(file)
        self._node = node
        self._by_name: dict[Node, dict[str, tuple[Node, Node]]] = {}

    def at(self, loc: Loc = ()) -> tuple[int, int]:
        """The line and column, both from 1, of a value, or of its name when the `Loc` ends in `KEY`.

        A step that is not in the file, such as the chosen member of a union, is passed over.
        """
        name, value = self._find(tuple(step for step in loc if step != KEY))
        mark = (name if loc[-1:] == (KEY,) else value).start_mark
        return mark.line + 1, mark.column + 1

    def place(self, loc: Loc = ()) -> Place:
        """The file and the line."""
        return Place(self.file, self.at(loc)[0])

    def spot(self, loc: Loc) -> str:
        """The place as `file:line:column`."""
        line, column = self.at(loc)
        return f"{self.file}:{line}:{column}"

    def under(self, name: str) -> Positions:
        """The same places, for a `Loc` that starts at a name above the document."""
        above = MappingNode("", [(ScalarNode("", name, *self._marks), self._node)], *self._marks)
        return Positions(above, self.file)

    @property
    def _marks(self) -> tuple[Mark, Mark]:
        return self._node.start_mark, self._node.end_mark

    def _find(self, loc: Loc) -> tuple[Node, Node]:
        name = value = self._node
        for step in loc:
            name, value = self._entry(value, step) or (name, value)
        return name, value

    def _entry(self, node: Node, step: str | int) -> tuple[Node, Node] | None:
        if isinstance(node, MappingNode):
            return self._named(node, step) if isinstance(step, str) else _numbered(node, step)
        is_there = isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value)
        return (node.value[step], node.value[step]) if is_there else None

    def _named(self, node: MappingNode, step: str) -> tuple[Node, Node] | None:
        if node not in self._by_name:
            self._by_name[node] = {str(name.value): (name, value) for name, value in node.value}
        return self._by_name[node].get(step)


def _numbered(node: MappingNode, step: int) -> tuple[Node, Node] | None:
    """The entry whose name YAML reads as a number or a truth value: so it comes in pydantic's way."""
    scalars = ((name, value) for name, value in node.value if isinstance(name, ScalarNode))
    return next((pair for pair in scalars if SafeConstructor().construct_object(pair[0]) == step), None)
