"""A dry run: what erasing a person would change, counted place by place; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lake_assets.declarations import Declarations
from lake_assets.erasure.concerned import concerned_tables, tables_of, tables_with_records
from lake_assets.erasure.copies import copies_that_go
from lake_assets.erasure.events import count_events
from lake_assets.erasure.landing import plan_files
from lake_assets.erasure.outcome import OVERWRITTEN, Erasure, Touched, as_touched, summed
from lake_assets.erasure.places import Found, find
from lake_assets.erasure.proof import prove
from lake_assets.erasure.subject import Subject
from lake_assets.erasure.tables import all_tables, count_held, count_rows
from lake_assets.model import Zone
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["look"]


def look(root: LakeRoot, declarations: Declarations, subject: Subject, site: Sequence[str] = ()) -> Erasure:
    """Say what erasing a person would change; nothing is changed.

    Args:
        root: The lake.
        declarations: Of the lake.
        subject: The person.
        site: The files of the site that is kept under the root.
    """
    found = find(root, declarations, subject)
    counted = [
        *map(as_touched, plan_files(root, declarations, found)),
        *(
            Touched(
                str(each.table(zone)),
                "rows deleted",
                count_rows(root, each, zone, found.records[dataset.name]),
            )
            for dataset in declarations.datasets
            for each, zone in tables_of(dataset)
        ),
        *_elsewhere(root, declarations, found),
        *_past(root, declarations, found),
        *count_events(root, found.words),
    ]
    is_concerned = bool(found.count or summed(counted))
    copies = copies_that_go(root, site, found.words, is_concerned=is_concerned)
    counted += [copy.touched for copy in copies]
    return Erasure("", found.count, summed(counted), prove(root, found.words), bool(found.words))


def _elsewhere(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Touched]:
    """Rows of tables that are not made of the person's records alone, or of none of them."""
    own = tables_with_records(declarations, found)
    for ref in all_tables(root):
        what = "rows made anew" if ref.zone is Zone.EXPLOITATION else OVERWRITTEN
        held = 0 if ref in own else count_held(root, ref, found.words)
        yield Touched(str(ref), what, held)


def _past(root: LakeRoot, declarations: Declarations, found: Found) -> Iterator[Touched]:
    for ref in sorted(concerned_tables(declarations, found)):
        table = find_table(root, ref)
        if table is not None:
            yield Touched(str(ref), "older versions given up", table.version)
