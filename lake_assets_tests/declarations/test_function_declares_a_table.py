import sys

import polars as pl

from lake_assets.declarations import exploitation_table, load_transformations
from lake_assets.model import Place, TableRef, Zone

DELAYS = """
import polars as pl

from lake_assets.declarations import exploitation_table

LIMIT = 15


def _late(frame):
    return frame.filter(pl.col("delay") > LIMIT)


@exploitation_table(
    description="Late departures.",
    grain="one departure",
    key=["id"],
    owner="team:delays",
    consumers=["team:analytics"],
    columns={"id": "the id", "delay": {"description": "the delay", "unit": "minutes"}},
    inputs={"facts": "exploitation.facts"},
    incremental_on="exploitation.facts",
    rules=[{"not_null": "id"}],
)
def late_flights(facts: pl.LazyFrame, planes: pl.LazyFrame, limit: int = 3) -> pl.LazyFrame:
    return _late(facts).limit(limit)
"""


def load(lake_of_flights, text=DELAYS):
    lake_of_flights.write("exploitation/facts.sql", "SELECT id, delay FROM trusted.flights\n")
    return lake_of_flights.write("exploitation/delays.py", text).load()


def test_a_function_declares_a_table(lake_of_flights):
    late = load(lake_of_flights).transformation("late_flights")
    assert late.target == TableRef(Zone.EXPLOITATION, "late_flights")
    assert late.inputs == {
        "facts": TableRef(Zone.EXPLOITATION, "facts"),
        "planes": TableRef(Zone.TRUSTED, "planes"),
    }
    assert (late.sql, late.key, late.owner) == ("", ("id",), "team:delays")
    assert late.incremental_on == TableRef(Zone.EXPLOITATION, "facts")
    assert (late.columns["delay"], late.units) == ("the delay", {"delay": "minutes"})
    assert [rule.columns for rule in late.rules] == [("id",)]


def test_it_stands_at_its_def(lake_of_flights):
    late = load(lake_of_flights).transformation("late_flights")
    line = (
        DELAYS.removeprefix("\n")
        .splitlines()
        .index("def late_flights(facts: pl.LazyFrame, planes: pl.LazyFrame, limit: int = 3) -> pl.LazyFrame:")
    )
    assert late.place == Place(str(lake_of_flights.path / "exploitation" / "delays.py"), line + 1)


def test_the_function_makes_a_frame_of_frames_in_the_order_of_its_inputs(lake_of_flights):
    late = load(lake_of_flights).transformation("late_flights")
    facts = pl.LazyFrame({"id": [1, 2, 3], "delay": [10, 20, 30]})
    assert late.function(facts, pl.LazyFrame()).collect()["id"].to_list() == [2, 3]


def test_a_declared_function_can_be_called_as_before():
    @exploitation_table(key="id")
    def doubled(frame):
        return frame * 2

    assert doubled(2) == 4
    assert doubled.__name__ == "doubled"


def test_functions_come_in_the_order_of_the_file(tmp_path):
    text = "from lake_assets.declarations import exploitation_table as table\n"
    text += "".join(f"@table()\ndef {name}(flights): return flights\n" for name in "cab")
    (tmp_path / "many.py").write_text(text)
    assert [made.target.name for made in load_transformations(tmp_path)] == ["c", "a", "b"]


def test_functions_that_are_not_declared_here_are_passed_over(tmp_path):
    text = "from lake_assets.declarations import exploitation_table\n"
    text += "def plain(flights): return flights\n"
    (tmp_path / "plain.py").write_text(text)
    (tmp_path / "_hidden.py").write_text("raise RuntimeError\n")
    (tmp_path / "notes.txt").write_text("nothing\n")
    (tmp_path / "folder.py").mkdir()
    assert load_transformations(tmp_path) == []


def test_files_of_one_name_do_not_meet(tmp_path):
    for folder, value in (("a", 1), ("b", 2)):
        path = tmp_path / folder / "same.py"
        path.parent.mkdir()
        text = "from lake_assets.declarations import exploitation_table\n"
        path.write_text(
            f"{text}VALUE = {value}\n@exploitation_table()\ndef table_{folder}(x): return VALUE\n"
        )
    made = [load_transformations(tmp_path / folder)[0] for folder in "ab"]
    assert [one.function(None) for one in made] == [1, 2]
    assert all(one.function.__module__ in sys.modules for one in made)


def test_a_changed_file_is_read_anew(tmp_path):
    path = tmp_path / "value.py"
    for value in (1, 2):
        text = "from lake_assets.declarations import exploitation_table\n"
        path.write_text(f"{text}@exploitation_table()\ndef value(x): return {value}\n")
        assert load_transformations(tmp_path)[0].function(None) == value
    assert [found.name for found in tmp_path.iterdir()] == ["value.py"]
