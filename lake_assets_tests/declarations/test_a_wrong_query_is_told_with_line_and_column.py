import pytest

from lake_assets.declarations import name_inputs
from lake_assets.errors import QueryError


@pytest.mark.parametrize(
    ("sql", "at", "what", "mend"),
    [
        ("SELECT a b c FROM trusted.x", "1:12", "not valid SQL near 'c'", ""),
        ("SELECT 'é',\n  b FRM trusted.x", "2:9", "not valid SQL near", ""),
        ("SELECT (a\nFROM trusted.x", "2:1", "not valid SQL near 'FROM'", ""),
        ("SELECT a,\n 'b FROM trusted.x", "2:2", "' is opened and never closed", "close it"),
        ("SELECT 'a' /* b FROM trusted.x", "1:12", "/* is opened and never closed", "close it"),
        ("", "1:1", "expected one SELECT, found nothing", ""),
        ("-- nothing", "1:1", "expected one SELECT, found nothing", ""),
        ("\n DROP TABLE trusted.x", "2:2", "expected one SELECT, found DROP", "write one SELECT"),
        ("SELECT 1; SELECT 2", "1:1", "found SELECT and SELECT", "write one SELECT"),
        ("SELECT a FROM flights", "1:15", "the table 'flights' has no zone", "did you mean trusted.flights?"),
        ("WITH recent AS (SELECT 1) SELECT * FROM recnt", "1:41", "the table 'recnt' has no", "mean recent"),
        ("WITH c AS (SELECT * FROM c) SELECT * FROM c", "1:26", "the table 'c' has no zone", ""),
        ("SELECT a\nFROM trusetd.x", "2:6", "no zone is named 'trusetd'", "did you mean trusted?"),
        ("SELECT a FROM trusted.X", "1:15", "'X' is not a table name", ""),
        ("SELECT a FROM lake.trusted.x", "1:15", "no zone is named 'lake'", ""),
        ("SELECT a FROM READ_CSV('x.csv')", "1:15", "a function stands for a table", "declare a source"),
        ("SELECT a FROM 'x.csv'", "1:15", "no zone", ""),
        ("SELECT a FROM trusted.x, exploitation.x", "1:15", "two tables are called 'x' here", "an alias"),
        (
            "WITH x AS (SELECT 1) SELECT * FROM x, trusted.x",
            "1:39",
            "two tables are called 'x' here",
            "an alias",
        ),
    ],
)
def test_a_wrong_query_is_told_with_line_and_column(sql, at, what, mend):
    with pytest.raises(QueryError) as caught:
        name_inputs(sql)
    assert caught.value.place == f"query:{at}"
    assert what in caught.value.what
    assert mend in caught.value.mend
