"""What a contract says comes back: exported, imported and exported again it is the same."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.contracts import contract_text, from_contract, to_contract
from lake_assets.declarations import load_declarations, written_source
from lake_assets.declarations.contract_file import nearest_name
from lake_assets.quality import KINDS, declare_rule

_DEMO = load_declarations([Path(__file__).parents[2] / "lake_assets" / "defs"]).datasets
_EXAMPLES = [
    (name, number, yaml.safe_load(one))
    for name, kind in KINDS.items()
    for number, one in enumerate(kind.example.split(", or "))
]
_REMARKS = {"severity": "block", "owner": "team:quality", "reason": "so it was agreed", "id": "as_agreed"}


def _again(first):
    found = from_contract(first, nearest_name)
    return to_contract(found.attributes), found


@pytest.mark.parametrize("dataset", _DEMO, ids=[dataset.name for dataset in _DEMO])
def test_the_declarations_of_the_demo(dataset, faults):
    written = written_source(dataset)
    first = to_contract(written)
    second, found = _again(first)
    assert second == first
    assert found.remarks == ()
    assert found.attributes["connector"] == written["connector"]
    assert faults(first) == []


@pytest.mark.parametrize("is_told", [True, False], ids=["told columns", "untold columns"])
@pytest.mark.parametrize(("kind", "number", "rule"), _EXAMPLES, ids=[f"{n}-{i}" for n, i, _ in _EXAMPLES])
def test_every_kind_of_rule(kind, number, rule, is_told, source, faults):
    named = declare_rule(rule, owner="").columns
    columns = dict.fromkeys(named, "int") if is_told else {}
    raws = [rule, {**rule, **_REMARKS}]
    first = to_contract(source({"columns": columns, "rules": raws}))
    second, found = _again(first)
    assert second == first
    assert found.attributes["datasets"]["hires"]["rules"] == raws
    assert found.remarks == ()
    assert faults(first) == []


_WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
_COLUMN = st.one_of(
    st.sampled_from(["text", "int", "float", "bool", "date", "datetime", "nested"]),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["text", "datetime"])},
        optional={
            "from": _WORDS,
            "unit": _WORDS,
            "description": _WORDS,
            "layout": _WORDS,
            "personal": st.just(value=True),
        },
    ),
)
_NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_DATASET = st.fixed_dictionaries(
    {"from": _WORDS, "columns": st.dictionaries(_NAMES, _COLUMN, max_size=5)},
    optional={
        "description": _WORDS,
        "grain": _WORDS,
        "tags": st.lists(_WORDS, unique=True, max_size=3),
        "key": st.lists(_NAMES, unique=True, min_size=1, max_size=3),
        "write": st.just("append"),
        "null_tokens": st.lists(_WORDS, max_size=2),
        "format": st.one_of(
            st.just("csv"), st.fixed_dictionaries({"kind": st.just("csv"), "separator": st.just(";")})
        ),
        "owner": st.just("team:a-1"),
        "licence": _WORDS,
        "some_attribute_of_tomorrow": _WORDS,
    },
)
_SOURCE = st.fixed_dictionaries(
    {"name": _NAMES, "connector": st.just({"kind": "http", "base_url": "${URL}"})},
    optional={
        "description": _WORDS,
        "licence": _WORDS,
        "owner": st.just("team:ops"),
        "every": st.sampled_from(["15m", "1d", "90s", "2h"]),
    },
)


@settings(deadline=None, max_examples=60)
@given(_SOURCE, _NAMES, _DATASET)
def test_any_declaration(source, name, dataset):
    first = to_contract({**source, "datasets": {name: dataset}})
    second, found = _again(yaml.safe_load(contract_text(first)))
    assert second == first
    assert found.remarks == ()
    kept = found.attributes["datasets"][name]
    assert {each: kept.get(each) for each in ("from", "grain", "key", "write")} == {
        each: dataset.get(each) for each in ("from", "grain", "key", "write")
    }
