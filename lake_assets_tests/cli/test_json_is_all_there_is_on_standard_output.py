"""With --json standard output is one document of the shape that the help tells."""

import json
import re
from dataclasses import fields

import pytest

from lake_assets.cli import main
from lake_assets.lake import Freshness
from lake_assets.model import Drift


def _words(text):
    """The names that stand in quotes in a help's shape."""
    shape = text.partition("--json")[2]
    return set(re.findall(r'"(\w+)"', shape))


def _keys(document):
    """The names of a JSON document, except those that are data."""
    if isinstance(document, list):
        return set().union(*map(_keys, document))
    if not isinstance(document, dict):
        return set()
    return set(document) | set().union(
        *(_keys(v) for k, v in document.items() if k not in {"inputs", "first_rows"})
    )


_OF_WHAT_DID_NOT_HAPPEN = {
    *("kind", "what", "place", "mend"),
    *("step", "column", "changed", "lost"),
    *(field.name for field in fields(Drift)),
    *(field.name for field in fields(Freshness)),
}
"""The names of failures, of cleaned cells, of drifts and of what is declared fresh."""


@pytest.mark.parametrize("words", [["ingest"], ["status"], ["tables"], ["show", "trusted.bike_hires"]])
def test_the_document_has_the_shape_that_the_help_tells(words, small_lake):
    first = small_lake.json("ingest") if words != ["ingest"] else None
    document = small_lake.json(*words)
    promised = _words(main.commands[words[0]].epilog)
    assert first is None or first["steps"]
    assert _keys(document) - {"failures"} <= promised
    assert promised - _keys(document) <= _OF_WHAT_DID_NOT_HAPPEN


def test_progress_does_not_mix_with_it(small_lake):
    done = small_lake.run("ingest", "--json")
    assert "formatted bike_hires" in done.stderr
    assert [step["table"] for step in json.loads(done.stdout)["steps"]] == ["bike_hires"] * 4


def test_a_failure_is_in_the_document(small_lake):
    small_lake.declare_failing()
    (failure,) = small_lake.json("ingest")["failures"]
    assert (failure["zone"], failure["table"]) == ("temporary_landing", "unreachable")
    assert set(failure) == {"zone", "table", "kind", "what", "place", "mend"}
