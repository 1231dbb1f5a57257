"""The paths of the pages, from the folder of the site on."""

from __future__ import annotations

from urllib.parse import quote

from lake_assets.model import Place, TableRef

__all__ = ["anchor", "source_page", "table_page", "told_place"]


def table_page(ref: TableRef) -> str:
    """The page of a table.

    >>> table_page(TableRef.parse("trusted.flights"))
    'tables/trusted.flights.html'
    """
    return f"tables/{ref}.html"


def source_page(name: str) -> str:
    """The page of a source.

    >>> source_page("air_traffic")
    'sources/air_traffic.html'
    """
    return f"sources/{quote(name, safe='')}.html"


def anchor(kind: str, name: str) -> str:
    """What stands behind `#` for a column or a rule of a page.

    >>> anchor("column", "dep delay")
    'column-dep%20delay'
    """
    return f"{kind}-{quote(name, safe='')}"


def told_place(place: Place) -> str:
    """Where something is declared, without the folders of this machine.

    >>> told_place(Place("/home/me/defs/flights/defs.yaml", 8))
    'flights/defs.yaml:8'
    """
    line = f":{place.line}" if place.line else ""
    return f"{'/'.join(place.file.replace(chr(92), '/').split('/')[-2:])}{line}" if place.file else ""
