"""A file that cannot be fetched is a problem that is told; the others arrive, whole."""

import pytest

from lake_assets.errors import ConnectorError
from lake_assets_tests.zones.sources import BIKES, PLACE, Memory, noted, steps

GOOD, ALSO_GOOD = b"id\n1\n", b"id\n2\n" * 100


def test_the_others_land(a_lake):
    flow = steps(a_lake)
    report = flow.fetch(BIKES, Memory({"a": GOOD, "b": None, "c": ALSO_GOOD}))
    flow.land(BIKES)
    assert report.files == 2
    assert report.size_bytes == len(GOOD) + len(ALSO_GOOD)
    assert noted(a_lake) == [("a", "landed"), ("c", "landed")]
    assert sorted(a_lake.landed_bytes().values()) == [GOOD, ALSO_GOOD]


def test_the_problem_has_place_and_mend(a_lake):
    report = steps(a_lake).fetch(BIKES, Memory({"a": GOOD, "b": None}))
    assert report.problems == (f"b was cut short\n  at: {PLACE}\n  to mend: fetch it again",)


def test_what_a_source_hands_over_before_it_fails_is_kept(a_lake):
    flow = steps(a_lake)
    report = flow.fetch(BIKES, Memory({"a": GOOD}, ends_with="the server went away"))
    flow.land(BIKES)
    assert (report.files, len(report.problems)) == (1, 1)
    assert noted(a_lake) == [("a", "landed")]


def test_when_nothing_arrives_it_is_an_error(a_lake):
    with pytest.raises(ConnectorError, match="a was cut short") as failure:
        steps(a_lake).fetch(BIKES, Memory({"a": None}))
    assert (failure.value.place, failure.value.mend) == (PLACE, "fetch it again")


def test_several_errors_are_told_together(a_lake):
    with pytest.raises(ConnectorError) as failure:
        steps(a_lake).fetch(BIKES, Memory({"a": None, "b": None}))
    assert "a was cut short" in failure.value.what
    assert "b was cut short" in failure.value.what
    assert failure.value.place == PLACE


def test_it_is_fetched_at_the_next_look(a_lake):
    flow, source = steps(a_lake), Memory({"a": GOOD, "b": None})
    flow.fetch(BIKES, source)
    source.files["b"] = ALSO_GOOD
    flow.fetch(BIKES, source)
    flow.land(BIKES)
    assert source.asked == ["a", "b", "b"]
    assert noted(a_lake) == [("a", "landed"), ("b", "landed")]
