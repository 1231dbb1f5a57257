"""`lake infer` prints a declaration that loads, and writes nothing."""

import json
import re

import pytest

from lake_assets.cli import main
from lake_assets.declarations import load_declarations


@pytest.fixture
def listing(small_lake):
    """Every file and folder there is."""
    return lambda: sorted(small_lake.folder.rglob("*"))


def test_what_it_prints_loads_and_nothing_else_is_written(small_lake, listing):
    before = listing()
    printed = small_lake.run("infer", "inbox/hires-1.csv").stdout
    assert listing() == before
    small_lake.write("other/defs.yaml", printed)
    (dataset,) = load_declarations([small_lake.folder / "other"]).datasets
    assert (dataset.name, dataset.origin, dataset.format) == ("hires_1", "inbox/hires-1.csv", "csv")
    assert [column.kind.value for column in dataset.mapping.columns] == ["int", "float", "text"]
    assert dataset.mapping.columns[2].is_personal


def test_a_name_names_source_and_table(small_lake):
    document = json.loads(small_lake.run("infer", "inbox/hires-1.csv", "--name", "rides", "--json").stdout)
    assert (document["name"], document["datasets"][0]["name"]) == ("rides", "rides")


def test_a_name_that_is_none_is_refused(small_lake):
    refused = small_lake.run("infer", "inbox/hires-1.csv", "--name", "My Rides")
    assert refused.exit_code == 1
    assert "my_rides" in refused.stderr


@pytest.mark.parametrize("name", ["infer", "add"])
def test_the_document_has_the_shape_that_the_help_tells(name, small_lake):
    small_lake.write(
        "inbox/hires-2.csv", "hire_id,price\n" + "".join(f"{n},{n % 40}.5\n" for n in range(200))
    )
    document = json.loads(small_lake.run(name, "inbox/hires-2.csv", "--json").stdout)
    promised = set(
        re.findall(r'"(\w+)"', main.commands[name].epilog.partition("--json")[2].partition("Examples")[0])
    )
    rules = document["datasets"][0].pop("rules")
    assert rules[0] == {"not_null": ["hire_id"]}
    assert _keys(document) | {"rules"} == promised


def _keys(document):
    if isinstance(document, list):
        return set().union(*map(_keys, document))
    if not isinstance(document, dict):
        return set()
    return set(document) | set().union(*map(_keys, document.values()))


def test_what_is_not_there_is_told_in_three_lines(small_lake):
    refused = small_lake.run("infer", "inbox/hries.csv")
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[0] == "there is no file or folder inbox/hries.csv"
    assert "to mend" in refused.stderr
