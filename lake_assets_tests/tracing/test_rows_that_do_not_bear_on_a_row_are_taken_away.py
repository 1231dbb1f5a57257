"""Of rows that give an output row, those are left that it cannot do without."""

import polars as pl

from lake_assets.model import TableRef, Transformation, Zone
from lake_assets.tracing import Exactness
from lake_assets.tracing.back_query import ask_back
from lake_assets.tracing.narrowing import narrow


def _banded(readings):
    band = pl.when(pl.col("speed") < 5).then(pl.lit("calm")).otherwise(pl.lit("windy"))
    return readings.group_by("town", band.alias("band")).agg(delay=pl.col("delay").mean())


def _makes(wanted):
    return lambda rows: wanted in _banded(rows["readings"]).collect().rows()


def test_rows_of_another_group_go_whatever_made_the_groups():
    readings = pl.DataFrame(
        {"town": ["Rome"] * 6, "speed": [1, 1, 3, 7, 8, 9], "delay": [1, 2, 6, 50, 60, 70]}
    )
    left = narrow(_makes(("Rome", "calm", 3.0)), {"readings": readings})
    assert left.rows["readings"]["speed"].to_list() == [1, 1, 3]
    assert left.is_exact


def test_where_one_of_two_would_do_it_is_not_exact():
    def makes(rows):
        return rows["readings"].select(pl.col("delay").max()).collect().item() == 9

    left = narrow(makes, {"readings": pl.DataFrame({"town": ["a", "a"], "delay": [9, 9]})})
    assert (left.rows["readings"].height, left.is_exact) == (2, False)


def test_a_function_that_does_not_stand_fewer_rows_is_no_trouble(story):
    def first(hires):
        found = hires.collect()
        return found.filter(pl.col("price") > found["price"].to_list()[3] / 1).select("hire_id")

    ref = TableRef(Zone.EXPLOITATION, "picky")
    made = Transformation(ref, {"hires": TableRef(Zone.TRUSTED, "hires")}, function=first, key=("hire_id",))
    found = ask_back(made, {"hires": story.lake.table("trusted.hires")}, {"hire_id": 2})
    assert found.exactness is Exactness.EXACT
    assert found.rows["hires"].collect().height == 4


def test_a_function_with_a_key_of_its_own_making_is_asked_back(story):
    ref = TableRef(Zone.EXPLOITATION, "by_length")
    made = Transformation(
        ref,
        {"hires": TableRef(Zone.TRUSTED, "hires")},
        function=lambda hires: hires.group_by(is_dear=pl.col("price") > 100).agg(hires=pl.len()),
        key=("is_dear",),
    )
    found = ask_back(made, {"hires": story.lake.table("trusted.hires")}, {"is_dear": True, "hires": 1})
    assert found.exactness is Exactness.EXACT
    assert found.rows["hires"].collect()["hire_id"].to_list() == [2]
    none = ask_back(made, {"hires": story.lake.table("trusted.hires")}, {"is_dear": True, "hires": 7})
    assert none.exactness is Exactness.BOUNDED
