"""A column that changed is told as drifted, one that did not as stable."""

import random

import pytest

_ROWS = 5_000


@pytest.fixture
def shuffled():
    """Columns drawn anew for each seed, with some change."""

    def draw(seed, by=0.0, leeds=0.5, nulls=0.0):
        source = random.Random(seed)
        return {
            "price": [None if source.random() < nulls else source.gauss(10 + by, 2) for _ in range(_ROWS)],
            "city": ["Leeds" if source.random() < leeds else "York" for _ in range(_ROWS)],
        }

    return draw


def test_what_is_drawn_from_the_same_is_stable(profiled, shuffled):
    before = profiled(shuffled(1))
    now = profiled(shuffled(2), before=before)
    assert [each.drift.word for each in now.columns] == ["stable", "stable"]
    assert now.column("price").drift.version == before.version
    assert now.column("price").drift.psi < 0.02
    assert now.column("price").drift.ks < 0.04
    assert now.column("city").drift.ks is None


@pytest.mark.parametrize(
    ("change", "column"),
    [({"by": 2.0}, "price"), ({"nulls": 0.4}, "price"), ({"leeds": 0.95}, "city")],
    ids=["values move", "nulls", "categories"],
)
def test_what_changed_is_told(change, column, profiled, shuffled):
    now = profiled(shuffled(2, **change), before=profiled(shuffled(1)))
    assert now.column(column).drift.word == "drifted"


def test_a_move_of_one_deviation_is_seen_by_the_distance_of_the_distributions(profiled, shuffled):
    now = profiled(shuffled(2, by=2.0), before=profiled(shuffled(1)))
    assert now.column("price").drift.ks == pytest.approx(0.38, abs=0.04)


def test_the_first_profile_a_new_column_and_another_type_have_no_drift(profiled, shuffled):
    before = profiled(shuffled(1))
    assert {each.drift for each in before.columns} == {None}
    now = profiled({"price": ["ten", "five"], "hour": [1, 2]}, before=before)
    assert {each.drift for each in now.columns} == {None}


def test_a_constant_that_changes_drifts(profiled):
    now = profiled({"n": [2] * 9}, before=profiled({"n": [1] * 9}))
    assert (now.column("n").drift.word, now.column("n").drift.ks) == ("drifted", 1.0)
