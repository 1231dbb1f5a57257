"""The tables of the zones as DuckDB schemas answer the query as it is written; Polars answers it under plain names."""

import duckdb
import polars as pl
import pytest

from lake_assets.declarations import name_inputs

TABLES = {
    "trusted.x": pl.DataFrame({"a": [1, 2, 3], "b": [1, 1, 2]}),
    "trusted.y": pl.DataFrame({"a": [1, 2, 4], "c": [5, 6, 7]}),
    "exploitation.x": pl.DataFrame({"a": [3, 4], "b": [8, 9]}),
    "trusted.order": pl.DataFrame({"a": [1]}),
}


@pytest.fixture(scope="module")
def schemas():
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA trusted; CREATE SCHEMA exploitation")
        for name, rows in TABLES.items():
            schema, table = name.split(".")
            columns = ", ".join(rows.columns)
            values = ", ".join(map(str, rows.rows()))
            values = values.replace(",)", ")")
            statement = f'CREATE TABLE {schema}."{table}" AS SELECT * FROM (VALUES {values}) AS t ({columns})'  # noqa: S608 - our own values
            connection.execute(statement)
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a, b FROM trusted.x",
        "SELECT x.a, y.c FROM trusted.x JOIN trusted.y ON x.a = y.a",
        "SELECT trusted.x.a, c FROM trusted.x JOIN trusted.y USING (a)",
        "SELECT l.a, r.b FROM trusted.x AS l JOIN trusted.x AS r ON l.a = r.b",
        "SELECT l.a, x.b FROM trusted.x l JOIN exploitation.x ON l.a = x.a",
        "WITH x AS (SELECT a + 1 AS a FROM trusted.x) SELECT a FROM x",
        "WITH x AS (SELECT a FROM trusted.x) SELECT y.a FROM trusted.y JOIN x ON x.a = y.a",
        "SELECT a FROM trusted.x WHERE a IN (SELECT a FROM trusted.y) UNION ALL SELECT c FROM trusted.y",
        "SELECT x.a FROM trusted.x WHERE EXISTS (SELECT 1 FROM trusted.y WHERE y.a = x.a)",
        "SELECT x.a, (SELECT MAX(y.c) FROM trusted.y) AS c FROM trusted.x",
        "SELECT b, COUNT(*) AS n FROM trusted.x GROUP BY b HAVING COUNT(*) > 1",
        "SELECT a FROM trusted.x QUALIFY ROW_NUMBER() OVER (PARTITION BY b ORDER BY a) = 1",
        'SELECT "order".a FROM trusted."order"',
        "SELECT t.a FROM (SELECT * FROM trusted.x) t WHERE t.b < 2;",
    ],
)
def test_a_query_means_the_same_under_plain_names(schemas, sql):
    plain, inputs = name_inputs(sql)
    frames = {name: TABLES[str(ref)].lazy() for name, ref in inputs.items()}
    with pl.SQLContext(frames=frames, eager=True) as context:
        rows = context.execute(plain).rows()
    assert sorted(rows) == sorted(schemas.execute(sql).fetchall())
