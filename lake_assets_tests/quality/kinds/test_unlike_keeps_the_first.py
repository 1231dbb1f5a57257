import random

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError
from lake_assets.quality import compile_rules, declare_rule, likeness
from lake_assets_tests.quality.conftest import with_provenance

NAMES = ["Acme Ltd", "ACME  Ltd.", "Ltd Acme", "Acme Ltd", "Zenith", None]


def test_the_first_of_those_that_are_alike_holds(holds):
    frame = with_provenance(name=NAMES)
    assert holds({"unlike": "name"}, frame) == [True, False, False, False, True, True]


def test_rows_are_compared_within_their_block_only(holds):
    frame = with_provenance(name=["Acme", "Acme", "Acne"], city=["Rome", "Oslo", "Rome"])
    assert holds({"unlike": {"columns": "name", "within": "city"}}, frame) == [True, True, True]
    assert holds({"unlike": {"columns": "name", "within": "city", "score": 75}}, frame) == [True, True, False]


def test_several_columns_are_one_text(holds):
    frame = with_provenance(first=["Ada", "Byron"], last=["Byron", "Ada"])
    assert holds({"unlike": ["first", "last"]}, frame) == [True, False]


def test_rows_without_an_order_all_fail(holds):
    frame = pl.DataFrame({"name": ["Acme Ltd", "Acme Ltd.", "Zenith"]})
    assert holds({"unlike": "name"}, frame) == [False, False, True]


@pytest.mark.parametrize("seed", range(5))
def test_how_rows_come_in_batches_does_not_matter(holds, seed):
    chance = random.Random(seed)
    names = ["".join(chance.choices("ab", k=6)) for _ in range(60)]
    frame = with_provenance(name=names, city=chance.choices("XY", k=60))
    rule = {"unlike": {"columns": "name", "within": "city", "score": 80}}
    at_once = holds(rule, frame)
    known, found = frame.clear(), []
    for start in range(0, 60, 7):
        batch = frame[start : start + 7]
        kept = holds(rule, batch, known=known.lazy())
        found += kept
        known = pl.concat([known, batch.filter(pl.Series(kept))])
    assert found == at_once
    assert {True, False} == set(found)


def test_numbers_are_refused(holds):
    with pytest.raises(SchemaError, match="no letters to compare"):
        holds({"unlike": "n"}, pl.DataFrame({"n": [1]}))


@pytest.mark.parametrize("score", [0, 101])
def test_a_score_that_is_none_is_refused(score):
    with pytest.raises(DeclarationError, match="score is from 1 to 100"):
        declare_rule({"unlike": {"columns": "name", "score": score}}, owner="team:a")


def test_a_block_that_is_too_large_asks_for_smaller_ones(monkeypatch):
    monkeypatch.setattr(likeness, "_MOST_IN_A_BLOCK", 2)
    rule = declare_rule({"unlike": "name"}, owner="team:a")
    with pytest.raises(SchemaError, match="3 different texts") as caught:
        compile_rules([rule], pl.LazyFrame({"name": ["a", "b", "c"]}), lambda _: pl.LazyFrame())
    assert "within" in caught.value.mend
