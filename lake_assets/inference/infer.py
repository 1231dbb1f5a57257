"""Inference: from what somebody points at to the draft of a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lake_assets.declarations import snake_case
from lake_assets.errors import ConnectorError, DeclarationError, DecodeError
from lake_assets.inference.bucket import bucket_targets
from lake_assets.inference.database import draft_database, is_database
from lake_assets.inference.draft import DatasetDraft, SourceDraft
from lake_assets.inference.drafting import draft_dataset
from lake_assets.inference.local import local_targets
from lake_assets.inference.paging import read_pages
from lake_assets.inference.recognition import recognise
from lake_assets.inference.sample import take_samples
from lake_assets.inference.target import Target
from lake_assets.inference.web import web_target

__all__ = ["infer_source"]


def infer_source(pointed_at: str, project: Path, name: str = "") -> SourceDraft:
    """Draft a source by a sample of what somebody points at; nothing is written into a lake.

    Args:
        pointed_at: A file, a folder, a glob, a URL of `http`, `https` or `s3`, the address of a database, or
            `${NAME}` of a variable that holds such an address.
        project: The folder that declarations start from.
        name: Of the source, and of its dataset where it has one; by default what is pointed at names it.

    Raises:
        DeclarationError: When the name is none.
        ConnectorError: When it is not there, or cannot be reached.
        DecodeError: When no format reads it, or the file is not what its name says; of several files, all of them.
    """
    if name and snake_case(name) != name:
        raise DeclarationError(f"{name!r} is not a lower snake case name", mend=f"write {snake_case(name)}")
    if is_database(pointed_at):
        return draft_database(pointed_at, name)
    targets = _distinct(_targets(pointed_at, project))
    with TemporaryDirectory(prefix="lake_assets_") as folder:
        drafted, notes = _each_drafted(targets, Path(folder))
    datasets = tuple(dataset for _, dataset in drafted)
    if len(datasets) == 1:
        only = replace(datasets[0], name=name or datasets[0].name)
        return SourceDraft(
            only.name, drafted[0][0].connector, drafted[0][0].connector_options, (only,), notes
        )
    named = name or _last_word(pointed_at)
    return SourceDraft(named, targets[0].connector, targets[0].connector_options, datasets, notes)


def _targets(pointed_at: str, project: Path) -> list[Target]:
    scheme, is_url, _ = pointed_at.partition("://")
    if not is_url:
        return local_targets(pointed_at, project)
    if scheme.lower() in {"http", "https"}:
        return [web_target(pointed_at)]
    if scheme.lower() == "s3":
        return bucket_targets(pointed_at)
    mend = "give a path, or a URL of http, https, s3, postgresql or sqlite; see docs/connectors.md for other sources"
    raise ConnectorError(f"nothing is inferred of {scheme}", place=f"{scheme}://", mend=mend)


def _distinct(targets: Sequence[Target]) -> list[Target]:
    """The targets, with a number where two have the same name."""
    taken: dict[str, int] = {}
    named = []
    for target in targets:
        number = taken[target.name] = taken.get(target.name, 0) + 1
        named.append(replace(target, name=f"{target.name}_{number}") if number > 1 else target)
    return named


def _last_word(pointed_at: str) -> str:
    path = pointed_at if "://" in pointed_at else Path(pointed_at).absolute().as_posix()
    return snake_case(path.partition("?")[0].rstrip("/").rpartition("/")[2].partition(".")[0])


def _each_drafted(
    targets: Sequence[Target], folder: Path
) -> tuple[list[tuple[Target, DatasetDraft]], tuple[str, ...]]:
    """What is drafted, and a note for each of several targets that cannot be; raises where none can."""
    drafted, failures = [], []
    for number, target in enumerate(targets):
        try:
            drafted.append(_drafted(target, folder / f"{number}"))
        except (ConnectorError, DecodeError) as error:
            failures.append((target, error))
    if not drafted:
        raise failures[0][1]
    return drafted, tuple(
        f"{_line(each.origin)} is left out: {_line(error.what)}" for each, error in failures
    )


def _line(text: str) -> str:
    return " ".join(text.split())


def _drafted(target: Target, folder: Path) -> tuple[Target, DatasetDraft]:
    reading = recognise(target, take_samples(target, folder))
    may_be_paged = target.connector == "http" and reading.kind == "json"
    pages = read_pages(target, folder / "pages") if may_be_paged else None
    final, read = pages or (target, reading)
    return final, draft_dataset(final, read)
