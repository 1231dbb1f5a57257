"""XML: the records are the elements at one path. Entities, document types and the network are off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import FileIO
from itertools import islice
from typing import TypeAlias

import pyarrow as pa
from lxml import etree  # type: ignore[import-untyped]

from lake_assets.formats.apart.contents import Contents, NotThisFormatError

__all__ = ["open_file"]

_BLOCK_ROWS = 8_192
_TEXT = "#text"
_Value: TypeAlias = "str | dict[str, _Value] | list[_Value] | None"


@dataclass
class _Shape:
    """What has been seen of the elements at one path.

    Args:
        attributes: Their names.
        children: By name.
        has_text: Whether any has text of its own.
        repeats: Whether one parent has several of them.
    """

    attributes: dict[str, None] = field(default_factory=dict)
    children: dict[str, _Shape] = field(default_factory=dict)
    has_text: bool = False
    repeats: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether they hold text alone."""
        return not self.attributes and not self.children

    def look(self, element: etree._Element) -> None:
        """Take an element into account."""
        self.attributes.update(dict.fromkeys(map(_name, element.attrib)))
        self.has_text |= bool(_text(element))
        seen: set[str] = set()
        for child in _children(element):
            name = _name(child.tag)
            shape = self.children.setdefault(name, _Shape())
            shape.repeats |= name in seen
            seen.add(name)
            shape.look(child)

    @property
    def kind(self) -> pa.DataType:
        """Text, or a struct of attributes, children and text; a list of them where they repeat."""
        kind = pa.string() if self.is_plain else pa.struct(self.fields)
        return pa.large_list(kind) if self.repeats else kind

    @property
    def fields(self) -> list[pa.Field]:
        """The members: attributes under `@name`, children by name, text of its own under `#text`."""
        attributes = [pa.field(f"@{name}", pa.string()) for name in self.attributes]
        children = [pa.field(name, shape.kind) for name, shape in self.children.items()]
        return [*attributes, *children, *([pa.field(_TEXT, pa.string())] if self.has_text else [])]

    def value(self, element: etree._Element) -> _Value:
        """An element as a value of the type, as if it stood once."""
        if self.is_plain:
            return _text(element)
        found: dict[str, _Value] = {f"@{_name(name)}": text for name, text in element.attrib.items()}
        for child in _children(element):
            name = _name(child.tag)
            shape = self.children[name]
            value = shape.value(child)
            known = found.get(name)
            found[name] = [*(known if isinstance(known, list) else []), value] if shape.repeats else value
        if self.has_text:
            found[_TEXT] = _text(element)
        return found


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Read the file once for the shape of its records; they are read again as they are asked for.

    Raises:
        NotThisFormatError: When it is not well-formed, or no element is at the path.
    """
    path = [part for part in str(options["records"]).split("/") if part]
    shape, rows = _Shape(), 0
    for element in _records(stream, path):
        shape.look(element)
        rows += 1
    if not rows:
        raise NotThisFormatError(f"no element is at {options['records'] or 'the second level'}")
    if shape.is_plain:
        shape.has_text = True
    schema = pa.schema(shape.fields)
    return Contents(schema, _blocks(stream, path, shape, pa.struct(shape.fields)), rows)


def _blocks(stream: FileIO, path: list[str], shape: _Shape, kind: pa.DataType) -> Iterator[pa.RecordBatch]:
    values = (_as_record(shape, element) for element in _records(stream, path))
    while head := list(islice(values, _BLOCK_ROWS)):
        yield pa.RecordBatch.from_struct_array(pa.array(head, kind))


def _as_record(shape: _Shape, element: etree._Element) -> _Value:
    return {_TEXT: _text(element)} if shape.is_plain else shape.value(element)


def _records(stream: FileIO, path: list[str]) -> Iterator[etree._Element]:
    """The elements at a path, each gone from memory when the next one is asked for."""
    stream.seek(0)
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = len(path) or 2
    open_names: list[str] = []
    try:
        for event, element in events:
            if event == "start":
                open_names.append(_name(element.tag))
                _refuse_document_type(element, open_names)
                continue
            if len(open_names) == depth and (not path or open_names == path):
                yield element
            if len(open_names) <= depth:
                _forget(element)
            open_names.pop()
    except etree.XMLSyntaxError as error:
        raise NotThisFormatError(str(error)) from error


def _refuse_document_type(element: etree._Element, open_names: list[str]) -> None:
    """Entities that the file defines itself are what bombs are made of."""
    if len(open_names) == 1:
        entities = element.getroottree().docinfo.internalDTD
        if entities is not None and list(entities.iterentities()):
            raise NotThisFormatError("it defines entities of its own, which are not expanded")


def _forget(element: etree._Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """The elements right inside; a reference to an unknown entity is none."""
    return (child for child in element if isinstance(child.tag, str))


def _name(tag: object) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]


def _text(element: etree._Element) -> str | None:
    """The text of an element's own, before, between and after its children; unknown entities as they are written."""
    parts = [element.text]
    for child in element:
        parts += [child.tail] if isinstance(child.tag, str) else [child.text, child.tail]
    return " ".join(part.strip() for part in parts if part and part.strip()) or None
