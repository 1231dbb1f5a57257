"""Load, find rows set aside, mend a rule, replay; then the same with a mapping: no row lost or doubled."""

import json

import polars as pl
import pytest
from click.testing import CliRunner

from lake_assets.cli.commands import main
from lake_assets_tests.flow.a_lake import ALake

HIRES = """\
hires:
  from: "*.csv"
  key: [id]
  columns:
    id: int
    began: {{type: datetime, layout: "{layout}"}}
    price: {price}
  rules:
    - in_range: {{price: [0, {most}]}}
    - not_null: [began]
"""
TAKINGS = (
    "/*\nkey: [day]\n*/\nSELECT CAST(began AS DATE) AS day, SUM(price) AS taken FROM trusted.hires GROUP BY 1"
)
FILES = {
    "monday.csv": "id,began,price\n1,01/02/2024 08:00,3\n2,01/02/2024 09:30,12\n3,13/02/2024 10:00,4\n",
    "tuesday.csv": "id,began,price\n4,02/02/2024 08:00,2\n5,02/02/2024 09:00,40\n6,02/02/2024 09:15,2.5\n",
}


class Story:
    """A lake, told of by the command line."""

    def __init__(self, folder):
        self.lake = ALake(folder)
        self.lake.declare_table("takings", TAKINGS)
        self.declare()

    def declare(self, layout="%d/%m/%Y %H:%M", price="int", most=10):
        self.lake.declare(HIRES.format(layout=layout, price=price, most=most))

    def says(self, *arguments):
        options = ["--root", str(self.lake.folder / "lake"), "--defs", str(self.lake.folder / "defs")]
        said = CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)
        assert said.exit_code == 0, said.output
        return said.stdout

    def tells(self, *arguments):
        return json.loads(self.says(*arguments, "--json"))

    def replay(self, why):
        return self.says("replay", "hires", "--why", why)

    def aside(self):
        """Open rows by stage and rule."""
        return {
            (row["stage"], row["rule"]): row["rows"] for row in self.tells("quarantine", "hires")["rules"]
        }

    def accounts_for_every_row(self):
        """Every record of the files is in formatted once, and in trusted or set aside once."""
        lake = self.lake
        records = sum(content.count("\n") - 1 for content in FILES.values())
        places = lake.frame("formatted.hires").select("_file", "_row")
        assert places.height == places.unique().height == records
        trusted = lake.frame("trusted.hires").select("_file", "_row")
        rows = lake.frame("quarantine.hires") if lake.find("quarantine.hires") else None
        aside = (
            rows.filter(pl.col("readmitted_at").is_null(), pl.col("stage") == "trusted").select(
                "_file", "_row"
            )
            if rows is not None
            else trusted.clear()
        )
        both = pl.concat([trusted, aside])
        assert both.height == both.unique().height == records


@pytest.fixture
def story(tmp_path):
    told = Story(tmp_path)
    for name, content in FILES.items():
        told.lake.drop(name, content)
    told.says("ingest")
    return told


def test_a_rule_that_was_too_narrow(story):
    story.accounts_for_every_row()
    assert story.aside() == {("trusted", "price_in_range"): 2}
    sample = story.tells("quarantine", "hires")["sample"]
    assert {json.loads(row["record"])["price"] for row in sample} == {12, 40}
    assert all("price" in row["reason"] for row in sample)
    story.declare(most=20)
    assert "1 row taken back into trusted.hires" in story.replay("long hires cost more")
    story.accounts_for_every_row()
    story.declare(most=50)
    assert "1 row taken back into trusted.hires" in story.replay("so do long weekends")
    story.accounts_for_every_row()
    assert story.aside() == {}
    taken_back = story.tells("quarantine", "hires")["taken_back"]
    assert [(each["why"], each["rows"]) for each in taken_back] == [
        ("long hires cost more", 1),
        ("so do long weekends", 1),
    ]
    runs = {run_id for (run_id,) in story.lake.rows("governance.runs", "run_id")}
    assert {each["run_id"] for each in taken_back} <= runs
    assert "nothing to take back" in story.replay("is there more?")


def test_a_column_that_was_declared_as_another_type(story):
    story.declare(most=50)
    story.replay("prices went up")
    assert dict(story.lake.rows("trusted.hires", "id", "price"))[6] is None
    story.declare(most=50, price="float")
    told = story.replay("there are halves of pounds")
    assert "2 files decoded again" in told
    assert "1 row taken back into trusted.hires" in told
    assert "exploitation.takings follows" in told
    story.accounts_for_every_row()
    assert dict(story.lake.rows("trusted.hires", "id", "price"))[6] == 2.5
    taken = dict(story.lake.rows("exploitation.takings"))
    assert sum(taken.values()) == 3 + 12 + 4 + 2 + 40 + 2.5
    assert story.aside() == {}
    assert ("there are halves of pounds", 1) in [
        (each["why"], each["rows"]) for each in story.tells("quarantine", "hires")["taken_back"]
    ]


def test_a_date_that_was_read_the_wrong_way(tmp_path):
    story = Story(tmp_path)
    story.declare(layout="%m/%d/%Y %H:%M", price="float", most=50)
    for name, content in FILES.items():
        story.lake.drop(name, content)
    story.says("ingest")
    assert story.aside() == {("trusted", "began_not_null"): 1}
    days = {str(day) for (day,) in story.lake.rows("trusted.hires", "began")}
    assert any(day.startswith("2024-01-02") for day in days)
    story.declare(price="float", most=50)
    told = story.replay("days come first")
    assert "3 rows of formatted.hires new or other than before" in told
    story.accounts_for_every_row()
    assert story.aside() == {}
    began = [str(day)[:10] for (day,) in story.lake.rows("trusted.hires", "began")]
    assert began == ["2024-02-01", "2024-02-01", "2024-02-13", "2024-02-02", "2024-02-02", "2024-02-02"]
    story.lake.drop("wednesday.csv", "id,began,price\n7,03/02/2024 08:00,1\n")
    story.says("ingest")
    assert story.lake.count("trusted.hires") == 7
