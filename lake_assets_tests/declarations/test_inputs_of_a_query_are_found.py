import pytest

from lake_assets.declarations import name_inputs


@pytest.mark.parametrize(
    ("sql", "inputs"),
    [
        ("SELECT 1", []),
        ("SELECT a FROM trusted.x", ["trusted.x"]),
        ("SELECT a FROM trusted . x", ["trusted.x"]),
        ('SELECT a FROM "trusted"."x"', ["trusted.x"]),
        ('SELECT a FROM trusted."x" AS y', ["trusted.x"]),
        ("SELECT a FROM trusted.x -- FROM trusted.y\n", ["trusted.x"]),
        ("SELECT 'FROM trusted.y' FROM trusted.x /* JOIN trusted.z */", ["trusted.x"]),
        ("SELECT a FROM trusted.x, exploitation.y z", ["trusted.x", "exploitation.y"]),
        ("SELECT * FROM trusted.x l JOIN trusted.x r ON l.a = r.b", ["trusted.x"]),
        ("SELECT * FROM trusted.x LEFT JOIN trusted.y USING (a)", ["trusted.x", "trusted.y"]),
        ("SELECT * FROM trusted.x ANTI JOIN trusted.y USING (a)", ["trusted.x", "trusted.y"]),
        ("SELECT a FROM trusted.x UNION ALL SELECT a FROM trusted.y", ["trusted.x", "trusted.y"]),
        ("(SELECT a FROM trusted.x) EXCEPT (SELECT a FROM trusted.y)", ["trusted.x", "trusted.y"]),
        ("SELECT a FROM (SELECT a FROM trusted.x) t", ["trusted.x"]),
        ("SELECT a FROM trusted.x WHERE a IN (SELECT b FROM trusted.y)", ["trusted.x", "trusted.y"]),
        ("SELECT a FROM trusted.x WHERE EXISTS (SELECT 1 FROM trusted.y)", ["trusted.x", "trusted.y"]),
        ("SELECT (SELECT MAX(b) FROM trusted.y) FROM trusted.x", ["trusted.y", "trusted.x"]),
        ("WITH c AS (SELECT a FROM trusted.x) SELECT a FROM c", ["trusted.x"]),
        ("WITH c AS (SELECT a FROM trusted.x), d AS (SELECT a FROM c) SELECT a FROM d", ["trusted.x"]),
        ("WITH C AS (SELECT a FROM trusted.x) SELECT a FROM c", ["trusted.x"]),
        ("WITH c AS (SELECT 1) SELECT a FROM (SELECT * FROM c) WHERE a IN (SELECT * FROM c)", []),
        ("WITH RECURSIVE c AS (SELECT 1 UNION ALL SELECT * FROM c) SELECT * FROM c", []),
        ("WITH x AS (SELECT a FROM trusted.x) SELECT a FROM x", ["trusted.x"]),
        ("SELECT a FROM trusted.x, UNNEST(x.l) AS t (u)", ["trusted.x"]),
        ("SELECT a FROM trusted.x QUALIFY ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) = 1", ["trusted.x"]),
        ("SELECT * EXCLUDE (a) FROM governance.runs", ["governance.runs"]),
        ("SELECT a FROM trusted.x;", ["trusted.x"]),
        ("SELECT a FROM trusted.x; -- done", ["trusted.x"]),
    ],
)
def test_inputs_of_a_query_are_found(sql, inputs):
    _, found = name_inputs(sql)
    assert [str(ref) for ref in found.values()] == inputs
    assert list(found) == [name.replace(".", "__") for name in inputs]
