"""A row of a KPI is traced through the versions that were read for it to the files and records behind it."""

import pytest

from lake_assets.tracing import Exactness
from lake_assets_tests.tracing.conftest import take_in


def trace(lake, table, where, limit=5):
    return lake.lake.trace(table, where, limit)


def _records(contribution):
    return [(each.record.name, each.record.row, each.record.text) for each in contribution.first]


def test_takings_that_are_too_high_lead_to_the_record_with_the_slip(story):
    (found,) = trace(story, "exploitation.takings", "takings > 100")
    hires, stations = found.making.inputs
    assert found.making.exactness is Exactness.EXACT
    assert (hires.table, hires.version, hires.rows) == ("trusted.hires", 1, 2)
    assert _records(hires) == [
        ("hires-1.csv", 1, "1,2.5, a1 ,"),
        ("hires-1.csv", 2, "2,400,a1,too long a note"),
    ]
    assert _records(stations) == [("stations-1.csv", 1, "A1,Rome")]


def test_the_rows_behind_a_group_are_shown_whole_though_the_query_names_few_columns(story):
    (found,) = trace(story, "exploitation.takings", "takings > 100")
    hires, _ = found.making.inputs
    (slip,) = [each.row for each in hires.first if each.row["price"] == 400]
    assert set(slip) == set(story.lake.table("trusted.hires").schema)
    assert (slip["hire_id"], slip["note"]) == (2, "too long a note")


def test_the_inputs_are_read_as_they_were_and_not_as_they_are(own_story):
    own_story.drop("hires-3.csv", "hire_id,price,stop,note\n2,4.00,A1,\n")
    take_in(own_story, "hires")
    assert own_story.lake.table("trusted.hires").version == 2
    (found,) = trace(own_story, "exploitation.takings", "takings > 100")
    assert found.making.exactness is Exactness.EXACT
    assert [each.row["price"] for each in found.making.inputs[0].first] == [2.5, 400.0]


def test_a_row_that_carries_its_place_is_one_row_of_each_input(story):
    (found,) = trace(story, "exploitation.facts", "hire = 4")
    assert [each.rows for each in found.making.inputs] == [1, 1]
    assert _records(found.making.inputs[0]) == [("hires-2.csv", 1, "4,8.5,B2,")]


def test_a_total_without_groups_is_made_of_all_rows(story):
    (found,) = trace(story, "exploitation.whole", "true", limit=1)
    (hires,) = found.making.inputs
    assert (found.making.exactness, hires.rows, len(hires.first)) == (Exactness.EXACT, 4, 1)
    assert len(hires.files) == 2


def test_every_version_of_a_history_that_was_counted_is_found(story):
    (found,) = trace(story, "exploitation.by_plan", "plan = 'day'")
    assert {row.row["member"] for row in found.making.inputs[0].first} == {1, 2}


def test_a_function_is_run_again_over_the_rows_with_the_same_key(story):
    (found,) = trace(story, "exploitation.by_station", "station = 'B2'")
    assert (found.making.exactness, found.making.code) == (Exactness.EXACT, "by_station")
    assert [(each.rows, each.by) for each in found.making.inputs] == [
        (2, {"station": "B2"}),
        (1, {"station": "B2"}),
    ]


def test_rows_that_do_not_give_the_row_again_are_not_taken_for_it(story):
    (found,) = trace(story, "exploitation.shares", "town = 'Rome'")
    (takings,) = found.making.inputs
    assert (found.making.exactness, takings.rows) == (Exactness.EXACT, 2)
    assert "as a whole" in found.making.how
    assert [each.making.exactness for each in takings.first] == [Exactness.EXACT, Exactness.EXACT]


def test_where_the_files_of_an_input_were_vacuumed_it_is_said(own_story):
    table = own_story.lake.table("trusted.stations")
    own_story.drop("stations-2.csv", "station,town\nA1,Rom\n")
    take_in(own_story, "stations")
    own_story.lake.root.files.delete([f"trusted/stations/{path}" for path in table.files["path"]])
    (found,) = trace(own_story, "exploitation.takings", "town = 'Rome'")
    assert found.making.exactness is Exactness.BOUNDED
    assert "vacuumed" in found.problems[0]
    assert found.problems[0].startswith("trusted.stations: ")


def test_a_transformation_that_was_rewritten_since_is_told(own_story):
    sql = own_story.folder / "defs/exploitation/takings.sql"
    sql.write_text(sql.read_text().replace("h.price > 0", "h.price > 3"))
    (found,) = trace(own_story, "exploitation.takings", "town = 'Oslo'")
    assert not found.making.is_as_declared
    assert found.making.exactness is Exactness.ENOUGH
    assert found.making.how.endswith("the transformation was written otherwise then")
    (changed,) = trace(own_story, "exploitation.takings", "town = 'Rome'")
    assert changed.making.exactness is Exactness.BOUNDED


def test_a_table_that_is_not_declared_any_more_is_told(own_story):
    (own_story.folder / "defs/exploitation/whole.sql").unlink()
    (found,) = trace(own_story, "exploitation.whole", "true")
    assert found.problems == ("its transformation is not declared any more",)


@pytest.mark.parametrize("table", ["exploitation.takings", "trusted.hires", "quarantine.hires"])
def test_no_row_is_no_trace(story, table):
    assert trace(story, table, "false") == []
