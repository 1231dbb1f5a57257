import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

BIKES = "bikes: {from: '*.csv', %s, columns: {id: int, price: int, kind: text}, rules: [%s]}"


def verdicts(a_lake):
    return {each.rule_id: each for each in step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes").verdicts}


@pytest.mark.parametrize(
    ("mode", "counts"),
    [("write: append", (2, 4)), ("key: [id]", (2, 3)), ("write: replace", (2, 2))],
)
def test_rows_of_the_table_after_the_run_are_counted(a_lake, mode, counts):
    a_lake.declare(
        BIKES % (mode, "{row_count: {min: 1, over: table}}, {mean: {column: price, max: 9, over: table}}")
    )
    a_lake.drop("a.csv", "id,price,kind\n1,1,a\n2,3,b\n")
    assert verdicts(a_lake)["row_count"].measured == counts[0]
    a_lake.drop("b.csv", "id,price,kind\n2,5,b\n3,7,c\n")
    found = verdicts(a_lake)
    assert found["row_count"].measured == counts[1]
    means = {4: (1 + 3 + 5 + 7) / 4, 3: (1 + 5 + 7) / 3, 2: 6}
    assert found["price_mean"].measured == pytest.approx(means[counts[1]])


def test_a_figure_is_compared_with_that_of_the_run_before(a_lake):
    a_lake.declare(BIKES % ("write: append", "{stable: {price: 0.5}}"))
    a_lake.drop("a.csv", "id,price,kind\n1,10,a\n")
    assert verdicts(a_lake)["price_mean_stable"].is_kept
    a_lake.drop("b.csv", "id,price,kind\n2,90,b\n")
    assert (
        verdicts(a_lake)["price_mean_stable"].example
        == "the mean of price went from 10 to 90, by more than 50%"
    )


def test_the_meaning_of_a_key_holds_over_runs(a_lake):
    a_lake.declare(BIKES % ("write: append", "{determines: {kind: price}}"))
    a_lake.drop("a.csv", "id,price,kind\n1,10,a\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "id,price,kind\n2,10,a\n3,11,a\n4,7,b\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id") == [(1,), (2,), (4,)]
    assert a_lake.rows("quarantine.bikes", "rules") == [(["kind_determines_price"],)]


def test_an_upsert_may_change_what_its_own_key_means(a_lake):
    a_lake.declare(BIKES % ("key: [id]", "{determines: {kind: price}}"))
    a_lake.drop("a.csv", "id,price,kind\n1,10,a\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "id,price,kind\n1,11,a\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 11)]


def test_keys_that_are_personal_are_not_shown(a_lake):
    columns = "columns: {id: {type: int, personal: true}, price: int}"
    a_lake.declare("bikes: {from: '*.csv', key: [id], " + columns + ", rules: [{in_range: {price: [0, 5]}}]}")
    a_lake.drop("a.csv", "id,price\n1,9\n")
    found = {each.rule_id: each for each in step(a_lake.ingest(), Zone.TRUSTED, "bikes").verdicts}
    assert (found["price_in_range"].broken, found["price_in_range"].first_keys) == (1, ())
