"""A question in SQL over any tables of the lake, written `zone.table`."""

import pytest

from lake_assets.errors import QueryError, UnknownTableError


@pytest.fixture
def lake(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], rules: [{in_range: {id: [0, 9]}}]}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,6\n77,1\n")
    a_lake.ingest_whole()
    return a_lake.lake


def test_two_zones_in_one_query(lake):
    sql = """
        SELECT f.name, q.record, COUNT(*) AS records
        FROM quarantine.bikes AS q JOIN governance.processed_files AS f ON q._file = f.file_id
        GROUP BY f.name, q.record
    """
    ((name, record, records),) = lake.query(sql).collect().rows()
    assert (name, records) == ("a.csv", 1)
    assert record.startswith('{"id":77,"price":1')


def test_formatted_beside_trusted(lake):
    sql = "SELECT (SELECT COUNT(*) FROM formatted.bikes) AS received, COUNT(*) AS trusted FROM trusted.bikes"
    assert lake.query(sql).collect().rows() == [(3, 2)]


@pytest.mark.parametrize("ask", ["query", "scan", "table"])
def test_an_unknown_table_names_the_near_ones(lake, ask):
    question = "SELECT * FROM trusted.bkes" if ask == "query" else "trusted.bkes"
    with pytest.raises(UnknownTableError) as error:
        getattr(lake, ask)(question)
    assert error.value.what == "the lake has no table trusted.bkes"
    assert error.value.mend.startswith("did you mean trusted.bikes")
    assert error.value.place == lake.root.uri


def test_an_unknown_zone_names_the_near_ones(lake):
    with pytest.raises(UnknownTableError, match="did you mean trusted"):
        lake.scan("trustd.bikes")


def test_an_empty_lake_says_that_nothing_is_there_yet(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    with pytest.raises(UnknownTableError, match="none is known yet"):
        a_lake.lake.scan("trusted.bikes")


def test_a_query_that_does_not_fit_is_told_before_it_runs(lake):
    with pytest.raises(QueryError) as error:
        lake.query("SELECT colour FROM trusted.bikes")
    assert error.value.what.startswith('the query is not valid: unable to find column "colour"')
    assert "\n" not in error.value.what
    assert error.value.place == "SELECT colour FROM trusted.bikes"
    assert error.value.mend


def test_what_is_no_sql_is_told(lake):
    with pytest.raises(QueryError, match="not valid SQL"):
        lake.query("SELECT id FRM trusted.bikes")
