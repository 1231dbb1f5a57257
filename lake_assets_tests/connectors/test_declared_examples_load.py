"""What the documentation shows of a source can be pasted."""

import re
from pathlib import Path

import pytest

from lake_assets.connectors import open_connector
from lake_assets.declarations import load_declarations

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "connectors.md"
SECTIONS = {
    "kafka": "kafka",
    "sql": "parquet",
    "sftp": "csv",
    "script": "csv",
    "filesystem": "csv",
    "s3": "csv",
    "dlt": "json",
}


def example(section):
    (_, text) = DOCUMENTATION.read_text(encoding="utf-8").split(f"\n## {section}\n")
    return re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1]


@pytest.mark.parametrize("section", SECTIONS)
def test_an_example_is_short_and_loads(section, tmp_path):
    text = example(section)
    assert text.count("\n") <= 12
    folder = tmp_path / "defs" / "example"
    folder.mkdir(parents=True)
    (folder / "defs.yaml").write_text(text, encoding="utf-8")
    (source,) = load_declarations([tmp_path / "defs"]).sources
    assert source.connector == section
    assert {dataset.format for dataset in source.datasets} == {SECTIONS[section]}
    assert open_connector(source)


def test_a_declared_format_wins_over_the_usual_one(tmp_path):
    folder = tmp_path / "defs" / "example"
    folder.mkdir(parents=True)
    text = example("kafka").replace(
        "from: bike-hires,", "from: bike-hires, format: {kind: kafka, value: text},"
    )
    (folder / "defs.yaml").write_text(text, encoding="utf-8")
    (source,) = load_declarations([tmp_path / "defs"]).sources
    assert source.datasets[0].format_options == {"value": "text"}
