"""What was set aside comes back when its rule is mended: all that keeps it now, once, and with its history."""

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import Zone
from lake_assets.storage.table import find_table
from lake_assets.zones.quarantine import open_count, open_rows
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import ALake, step
from lake_assets_tests.flow.twins import contents

TAKINGS = "/*\nkey: [id]\nincremental_on: trusted.bikes\n*/\nSELECT id, price FROM trusted.bikes"


def declare(a_lake, most: int, mode: str = "upsert", more: str = "") -> None:
    rules = f"[{{in_range: {{price: [0, {most}]}}}}{more}]"
    a_lake.declare(
        f"bikes: {{from: '*.csv', key: [id], write: {mode}, columns: {{price: int}}, rules: {rules}}}"
    )


def quarantine(a_lake):
    return a_lake.find("quarantine.bikes")


def test_only_what_keeps_the_mended_rule_comes_back(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,5\n2,50\n3,500\n")
    a_lake.ingest_whole()
    declare(a_lake, 99)
    report = a_lake.lake.replay("bikes", "prices went up")
    again = step(report, Zone.TRUSTED, "bikes")
    assert (again.rows_in, again.rows_out) == (1, 1)
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5), (2, 50)]
    assert open_count(quarantine(a_lake)) == 1
    history = a_lake.frame("quarantine.bikes").sort("_row")
    assert history["readmitted_why"].to_list() == ["prices went up", None]
    assert history["readmitted_by"][0] == a_lake.frame("governance.runs").sort("at")["run_id"][-1]


def test_a_second_replay_takes_nothing_back(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,5\n2,50\n")
    a_lake.ingest_whole()
    declare(a_lake, 99)
    a_lake.lake.replay("bikes", "mended")
    before = a_lake.versions()
    report = a_lake.lake.replay("bikes", "again")
    assert not report.is_changed
    assert a_lake.versions() == before


def test_without_a_mended_rule_nothing_comes_back(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,5\n2,50\n")
    a_lake.ingest_whole()
    before = a_lake.versions()
    assert not a_lake.lake.replay("bikes", "let us see").is_changed
    assert a_lake.versions() == before


def test_a_row_that_a_later_one_overtook_is_closed_and_does_not_come_back(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,50\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "id,price\n1,7\n")
    a_lake.ingest_whole()
    declare(a_lake, 99)
    report = a_lake.lake.replay("bikes", "mended")
    again = step(report, Zone.TRUSTED, "bikes")
    assert (again.rows_in, again.rows_out) == (1, 0)
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 7)]
    assert open_count(quarantine(a_lake)) == 0


def test_a_row_takes_the_place_of_an_older_one(a_lake):
    declare(a_lake, 9)
    for name, price in (("a", 7), ("b", 50)):
        a_lake.drop(f"{name}.csv", f"id,price\n1,{price}\n")
        a_lake.ingest_whole()
    declare(a_lake, 99)
    a_lake.lake.replay("bikes", "mended")
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 50)]


def test_a_blocking_rule_no_longer_stops_what_is_downstream(a_lake):
    a_lake.declare_table("facts", "SELECT id, price FROM trusted.bikes")
    rule = "in_range: {{price: [0, {most}]}}, severity: block"
    block = f"bikes: {{{{from: '*.csv', key: [id], columns: {{{{price: int}}}}, rules: [{{{{{rule}}}}}]}}}}"
    a_lake.declare(block.format(most=9))
    a_lake.drop("a.csv", "id,price\n1,5\n2,50\n")
    assert a_lake.ingest().is_blocked
    a_lake.declare(block.format(most=99))
    report = a_lake.lake.replay("bikes", "mended")
    assert not report.is_blocked
    assert sorted(a_lake.rows("exploitation.facts")) == [(1, 5), (2, 50)]


def test_an_incremental_table_takes_the_row_in(a_lake):
    a_lake.declare_table("takings", TAKINGS)
    declare(a_lake, 9)
    for name, row in (("a", "1,50"), ("b", "2,5")):
        a_lake.drop(f"{name}.csv", f"id,price\n{row}\n")
        a_lake.ingest_whole()
    declare(a_lake, 99)
    a_lake.lake.replay("bikes", "mended")
    assert sorted(a_lake.rows("exploitation.takings")) == [(1, 50), (2, 5)]


def test_a_later_ingest_goes_on_where_it_was(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,50\n")
    a_lake.ingest_whole()
    declare(a_lake, 99)
    a_lake.lake.replay("bikes", "mended")
    a_lake.drop("b.csv", "id,price\n2,5\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 50), (2, 5)]


def test_a_quarantine_that_was_lost_is_filled_again_with_its_history(a_lake):
    declare(a_lake, 9)
    a_lake.drop("a.csv", "id,price\n1,5\n2,50\n3,500\n")
    a_lake.ingest_whole()
    declare(a_lake, 99)
    a_lake.lake.replay("bikes", "mended")
    before = sorted(a_lake.rows("quarantine.bikes"), key=str)
    a_lake.lake.root.files.delete_folder("quarantine/bikes/_delta_log")
    a_lake.drop("b.csv", "id,price\n4,400\n")
    a_lake.ingest_whole()
    after = [row for row in a_lake.rows("quarantine.bikes") if '"id":4' not in str(row)]
    assert sorted(after, key=str) == before


PRICES = st.lists(st.integers(0, 12), max_size=6)


@pytest.mark.parametrize("mode", ["upsert", "append"])
@settings(max_examples=drawn(3), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.lists(PRICES, min_size=1, max_size=3),
    limits=st.lists(st.integers(0, 12), min_size=1, max_size=3),
)
def test_accepted_and_set_aside_are_all_there_is(tmp_path_factory, mode, files, limits):
    """Whatever the data, the rules and the order of replays; it ends as if the widest rule had stood from the start."""
    a_lake = ALake(tmp_path_factory.mktemp("replayed"))
    declare(a_lake, limits[0], mode)
    for number, prices in enumerate(files):
        lines = [f"{(7 * number + row) % 5},{price}" for row, price in enumerate(prices)]
        a_lake.drop(f"{number}.csv", "\n".join(["id,price", *lines]) + "\n")
        a_lake.ingest_whole()
    for limit in limits[1:]:
        declare(a_lake, max(limits[0], limit), mode)
        a_lake.lake.replay("bikes", f"up to {limit}")
        if mode == "append":
            open_now = open_rows(quarantine(a_lake), Zone.TRUSTED).collect()
            assert a_lake.count("trusted.bikes") + open_now.height == a_lake.count("formatted.bikes")

    declare(a_lake, max(limits), mode)
    a_lake.lake.replay("bikes", "the widest at last")
    twin = ALake(tmp_path_factory.mktemp("twin"))
    declare(twin, max(limits), mode)
    for path in sorted(a_lake.inbox.iterdir()):
        twin.drop(path.name, path.read_bytes())
        twin.ingest_whole()
    replayed, ingested = contents(a_lake), contents(twin)
    assert replayed["trusted.bikes"].equals(ingested["trusted.bikes"])
    open_now = (
        open_rows(find_table(a_lake.lake.root, quarantine(a_lake).ref), Zone.TRUSTED)
        if quarantine(a_lake)
        else None
    )
    count = open_now.select(pl.len()).collect().item() if open_now is not None else 0
    assert count == (twin.count("quarantine.bikes"))
