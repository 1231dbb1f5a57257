"""Each declared table has its line, and what is wrong with it shows there."""

from lake_assets.lake import health_markdown, health_of, worst_first


def health(a_lake):
    return {each.table: each for each in health_of(a_lake.lake)}


def test_a_lake_before_anything_came(a_lake):
    a_lake.declare("bikes: {from: '*.csv', fresh_within: 1d}")
    told = health(a_lake)
    assert list(told) == ["formatted.bikes", "trusted.bikes"]
    assert (told["trusted.bikes"].rows, told["trusted.bikes"].is_fresh) == (None, False)
    assert not told["trusted.bikes"].is_well


def test_what_is_well_and_what_is_not(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], rules: [{in_range: {id: [0, 9]}}, {not_null: [id]}]}")
    a_lake.declare_table("ids", "/*\ndescription: ids\n*/\nSELECT id FROM trusted.bikes")
    a_lake.drop("a.csv", "id\n1\n77\n")
    a_lake.lake.ingest()
    told = health(a_lake)
    trusted = told["trusted.bikes"]
    assert (trusted.rows, trusted.quarantined) == (1, 1)
    assert (trusted.rules_broken, trusted.is_well, trusted.is_blocked) == (1, False, False)
    assert trusted.rules_kept >= 1
    assert told["exploitation.ids"].is_well
    assert told["exploitation.ids"].is_fresh is None
    first, *others = worst_first(list(told.values()))
    assert first is trusted
    lines = health_markdown([first, *others]).splitlines()
    assert lines[2].startswith("| **trusted.bikes** | 1 | ")
    assert len(lines) == 2 + len(told)
    assert {line.count("|") for line in lines} == {12}


def test_columns_that_drifted_are_counted(a_lake):
    from lake_assets.lake import profile_tables, profiled_tables

    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    for number in range(2):
        rows = "".join(f"{row + 100 * number},{row + 1000 * number}\n" for row in range(100))
        a_lake.drop(f"{number}.csv", "id,price\n" + rows)
        a_lake.lake.ingest()
        profile_tables(a_lake.lake, profiled_tables(a_lake.lake), "run")
    assert health(a_lake)["trusted.bikes"].drifted >= 1
