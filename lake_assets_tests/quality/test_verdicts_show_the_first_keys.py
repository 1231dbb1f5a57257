import polars as pl

from lake_assets.quality import compile_rules, declare_rule, judge


def verdict_on(frame, key, declared):
    compiled = compile_rules([declare_rule(declared, owner="team:a")], frame.lazy(), lambda _: pl.LazyFrame())
    good, bad = frame.filter(compiled[0].holds), frame.filter(~compiled[0].holds)
    rows = {"kept_rows": good.height, "set_aside_rows": bad.height}
    (verdict,) = judge(compiled, good.lazy(), bad.lazy(), key=key, **rows)
    return verdict


def test_three_are_shown_in_the_order_of_the_records(rows):
    frame = rows(id=[5, 4, 3, 2, 1], n=[9, 9, 1, 9, 9])
    assert verdict_on(frame, ["id"], {"in_range": {"n": [0, 5]}}).first_keys == ("id 5", "id 4", "id 2")


def test_all_columns_of_a_key_are_named(rows):
    frame = rows(a=["x", None], b=[True, False], n=[9, 9])
    found = verdict_on(frame, ["a", "b"], {"in_range": {"n": [0, 5]}}).first_keys
    assert found == ("a x, b True", "a null, b False")


def test_without_a_key_none_is_shown(rows):
    assert verdict_on(rows(n=[9]), [], {"in_range": {"n": [0, 5]}}).first_keys == ()


def test_a_verdict_survives_its_record(rows):
    verdict = verdict_on(rows(id=[1], n=[9]), ["id"], {"in_range": {"n": [0, 5]}})
    assert verdict.from_record(verdict.to_record()) == verdict


def test_the_version_of_a_rule_changes_with_what_it_asks_alone():
    one, same, other = (
        declare_rule(declared, owner=owner)
        for declared, owner in (
            ({"in_range": {"n": [0, 5]}}, "team:a"),
            ({"in_range": {"n": [0, 5]}, "reason": "why"}, "team:b"),
            ({"in_range": {"n": [0, 6]}}, "team:a"),
        )
    )
    assert one.version == same.version != other.version
