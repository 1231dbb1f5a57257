import pytest

from lake_assets.declarations import name_inputs


@pytest.mark.parametrize(
    ("sql", "plain"),
    [
        ("SELECT  a\nFROM trusted.x AS t", "SELECT  a\nFROM trusted__x AS t"),
        ("SELECT a FROM trusted.x t", "SELECT a FROM trusted__x t"),
        ("SELECT x.a FROM trusted.x", "SELECT x.a FROM trusted__x AS x"),
        ("SELECT trusted.x.a FROM trusted.x", "SELECT x.a FROM trusted__x AS x"),
        ("SELECT trusted.x.* FROM trusted.x", "SELECT x.* FROM trusted__x AS x"),
        ("SELECT trusted.x.s.f FROM trusted.x", "SELECT x.s.f FROM trusted__x AS x"),
        ('SELECT "trusted"."x"."a" FROM "trusted"."x"', 'SELECT "x"."a" FROM trusted__x AS "x"'),
        ("SELECT 'é', a FROM trusted.x t -- trusted.x\n", "SELECT 'é', a FROM trusted__x t -- trusted.x\n"),
        ("select A, 'trusted.x' from trusted.x t", "select A, 'trusted.x' from trusted__x t"),
        ("SELECT trusted.a FROM trusted.x AS trusted", "SELECT trusted.a FROM trusted__x AS trusted"),
    ],
)
def test_a_query_stays_as_it_is_written_but_for_its_tables(sql, plain):
    assert name_inputs(sql)[0] == plain
