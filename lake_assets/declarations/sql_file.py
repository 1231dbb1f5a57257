"""An exploitation table written as one SQL file."""

from __future__ import annotations

import re
from pathlib import Path

from lake_assets.declarations.checked import checked
from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.name_inputs import name_inputs
from lake_assets.declarations.names import check_name
from lake_assets.declarations.places import Places
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.table_spec import TableSpec
from lake_assets.declarations.to_transformation import Code, to_transformation
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError
from lake_assets.model import Place, TableRef, Transformation

__all__ = ["read_sql_file"]

_FRONT_MATTER = re.compile(r"(?:\s|--[^\n]*\n)*/\*(?P<yaml>.*?)\*/", re.DOTALL)


def read_sql_file(path: Path, owner: str = "") -> Transformation:
    """The transformation of a file `TABLE.sql`: YAML attributes in the first block comment, then one SELECT.

    Args:
        path: The file; its stem is the table's name.
        owner: Who answers for the table where the attributes name nobody.

    Raises:
        DeclarationError: When the attributes or the query are not valid, with every fault.
    """
    text, file = read_text(path), str(path)
    matter, query = _parts(text)
    start = len(query) - len(query.lstrip())
    place = Place(file, query.count("\n", 0, start) + 1)
    faults: list[DeclarationError] = []
    spec, places, sql, inputs = TableSpec(), Places(file), "", dict[str, TableRef]()
    with noting(faults):
        check_name(path.stem, "table", f"{file}:1:1", "rename the file to {}.sql")
    with noting(faults):
        sql, inputs = name_inputs(query, file)
    with noting(faults):
        spec, places = _attributes(matter, file, faults)
    raise_noted(faults)
    code = Code(inputs, (query.strip(),), sql=sql.strip())
    return to_transformation(path.stem, spec, code, owner, place, places.text(("incremental_on",)))


def _attributes(matter: str, file: str, faults: list[DeclarationError]) -> tuple[TableSpec, Places]:
    nodes = compose_yaml(matter, file)
    if not nodes:
        return TableSpec(), Places(file)
    positions = Positions(nodes[0], file)
    value, repeated = build_yaml(nodes[0], file)
    faults += repeated
    return checked(TableSpec, value, positions), positions


def _parts(text: str) -> tuple[str, str]:
    """The YAML and the SQL of a file, each with the rest blanked, so that lines and columns hold."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text
    return _blank(text[: match.start("yaml")]) + match["yaml"], _blank(text[: match.end()]) + text[
        match.end() :
    ]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
