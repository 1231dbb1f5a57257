import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.errors import DeclarationError
from lake_assets.quality import compile_rules, declare_rule

RULE = {"determines": {"plane": "model"}}


def placed(**columns):
    frame = pl.DataFrame(columns)
    return frame.with_columns(_file=pl.lit(1, pl.Int64), _row=pl.int_range(1, frame.height + 1))


def test_later_rows_of_another_meaning_break_it(holds):
    frame = placed(plane=["a", "a", "a", "b"], model=["x", "y", "x", "y"])
    assert holds(RULE, frame) == [True, False, True, True]


def test_a_null_fixes_nothing_and_breaks_nothing(holds):
    frame = placed(plane=["a", "a", "a", None, None], model=[None, "y", "z", "x", "y"])
    assert holds(RULE, frame) == [True, True, False, True, True]


def test_what_the_table_holds_came_first(holds):
    known = placed(plane=["a", "c"], model=["y", "z"])
    frame = placed(plane=["a", "a", "b"], model=["x", "y", "x"])
    assert holds(RULE, frame, known=known.lazy()) == [False, True, True]


def test_several_columns_fix_several(holds):
    frame = placed(a=[1, 1, 1], b=[1, 1, 2], c=[1, 1, 2], d=[1, 2, 9])
    assert holds({"determines": {"columns": ["a", "b"], "to": ["c", "d"]}}, frame) == [True, False, True]


def test_without_provenance_no_row_is_first(holds):
    frame = pl.DataFrame({"plane": ["a", "a", "b", None], "model": ["x", "y", "y", "z"]})
    assert holds(RULE, frame) == [False, False, True, True]


def test_its_name_says_what_fixes_what():
    assert declare_rule(RULE, owner="team:a").rule_id == "plane_determines_model"


def test_a_column_cannot_fix_itself():
    with pytest.raises(DeclarationError, match="cannot fix itself"):
        declare_rule({"determines": {"columns": ["a", "b"], "to": ["b"]}}, owner="team:a")


CELL = st.none() | st.sampled_from("xyz")


def outcome(frame):
    (compiled,) = compile_rules([declare_rule(RULE, owner="team:a")], frame.lazy(), lambda _: pl.LazyFrame())
    return frame.select(compiled.holds.alias("holds"))["holds"].to_list() if frame.height else []


@settings(deadline=None)
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=12))
def test_it_agrees_with_reading_row_by_row(rows):
    first: dict[str, str] = {}
    expected = [None in (plane, model) or first.setdefault(plane, model) == model for plane, model in rows]
    frame = placed(
        plane=pl.Series([plane for plane, _ in rows], dtype=pl.String),
        model=pl.Series([model for _, model in rows], dtype=pl.String),
    )
    found = outcome(frame)
    assert (found * len(rows) if len(found) == 1 else found) == expected
