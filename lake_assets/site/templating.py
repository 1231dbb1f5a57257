"""The templates of the pages; whatever a lake says is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from lake_assets import wording
from lake_assets.profiles.words import distinct_text, drift_text, number_text, share_text
from lake_assets.site import times
from lake_assets.site.paths import anchor, source_page, table_page
from lake_assets.site.profile_words import extent_text, frequent_text

__all__ = ["render", "static_files"]

_STATIC = "static"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("lake_assets.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "count": wording.count_text,
        "breakable": _breakable,
        "bytes": wording.bytes_text,
        "percent": wording.percent_text,
        "time": times.time_text,
        "distinct": distinct_text,
        "drift_words": drift_text,
        "extent": extent_text,
        "figure": number_text,
        "frequent": frequent_text,
        "zone": lambda zone: str(zone).replace("_", " "),
    }
    environment.globals |= {
        "anchor": anchor,
        "quantity": wording.quantity,
        "source_page": source_page,
        "table_page": table_page,
        "share_text": share_text,
    }
    return environment


@lru_cache(maxsize=10_000)
def _breakable(name: str) -> Markup:
    """A long name that may go on in the next line after an underscore or a dot.

    >>> str(_breakable("dep_delay<"))
    'dep_<wbr>delay&lt;'
    """
    mark = Markup("<wbr>")
    return escape(name).replace("_", "_" + mark).replace(".", "." + mark)


def render(template: str, *, root: str = "", section: str = "", **values: object) -> bytes:
    """A page.

    Args:
        template: Its name, without `.html`.
        root: From the page to the folder of the site.
        section: Which of the main pages it belongs to.
        values: What the template shows.
    """
    page = _environment().get_template(f"{template}.html")
    return page.render(root=root, section=section, **values).encode()


def static_files() -> Iterator[tuple[str, bytes]]:
    """The style and the script of the site, by their paths in it."""
    for each in sorted(files("lake_assets.site").joinpath(_STATIC).iterdir(), key=lambda one: one.name):
        yield f"{_STATIC}/{each.name}", each.read_bytes()
