"""A query is asked for the rows behind a row only where its shape leaves no doubt what they are."""

import pytest

from lake_assets.tracing.query_shape import shape_of


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a, SUM(b) AS b FROM t GROUP BY a LIMIT 3",
        "SELECT a, ROW_NUMBER() OVER (ORDER BY b) AS n FROM t",
        "WITH c AS (SELECT * FROM t) SELECT * FROM c",
        "SELECT a FROM t UNION ALL SELECT a FROM u",
        "SELECT a FROM t WHERE a IN (SELECT a FROM u)",
        "SELECT t.a FROM t SEMI JOIN u ON t.a = u.a",
        "SELECT SUM(b) AS b FROM t GROUP BY a",
        "SELECT a, SUM(b) FROM t GROUP BY ALL",
        "SELECT FROM",
    ],
)
def test_another_shape_is_left_alone(sql):
    assert shape_of(sql) is None


@pytest.mark.parametrize(
    ("sql", "keys"),
    [
        ("SELECT a AS x, SUM(b) AS b FROM t GROUP BY x ORDER BY x", ("x",)),
        ("SELECT a AS x, SUM(b) AS b FROM t GROUP BY 1 HAVING SUM(b) > 1", ("x",)),
        (
            "SELECT DISTINCT UPPER(a) AS x, MAX(b) AS b FROM t WHERE b IS DISTINCT FROM 3 GROUP BY UPPER(a)",
            ("x",),
        ),
        ("SELECT COUNT(*) AS n FROM t", ()),
    ],
)
def test_what_a_query_is_grouped_by_is_found_in_its_output(sql, keys):
    shape = shape_of(sql)
    assert (shape.keys, shape.is_grouped) == (keys, True)
    assert shape.body.startswith("FROM t")
    assert "GROUP" not in shape.body
    assert "HAVING" not in shape.body


def test_a_query_without_groups_keeps_what_it_selects():
    shape = shape_of("SELECT DISTINCT t.a AS x, u.b FROM t JOIN u ON t.a = u.a WHERE u.b > 1 ORDER BY x")
    assert (shape.columns, shape.tables) == (("t.a AS x, u.b",), (("t", "t"), ("u", "u")))
    assert shape.body == "FROM t JOIN u ON t.a = u.a WHERE u.b > 1"
