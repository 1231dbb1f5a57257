"""After `pseudonymise` and `mask` no value is in clear, neither in its column nor beside its row."""

import hashlib
from datetime import date

import polars as pl
import pytest

from lake_assets.cleaning import Scope
from lake_assets.errors import DeclarationError, SchemaError, SettingsError

KEY = "correct horse battery staple"


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", KEY)


@pytest.mark.usefixtures("key")
def test_a_pseudonym_is_the_keyed_hash_of_the_value(cells):
    expected = hashlib.blake2b(b"Ada", key=KEY.encode(), digest_size=16).hexdigest()
    assert cells(["Ada", None, "Ada"], {"pseudonymise": "a"}) == [expected, None, expected]


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("values", [[1, 2], [1.5, 2.5], [date(2024, 1, 1), date(2024, 1, 2)], [True, False]])
def test_whatever_has_a_value_has_a_pseudonym(cells, values):
    one, other = cells(values, {"pseudonymise": "a"})
    assert len(one) == len(other) == 32
    assert one != other


def test_another_key_gives_other_pseudonyms(cells, monkeypatch):
    made = []
    for key in ("a" * 16, "b" * 16, "c" * 100):
        monkeypatch.setenv("ANOTHER", key)
        made += cells(["Ada"], {"pseudonymise": {"a": "ANOTHER"}})
    assert len(set(made)) == 3


def test_which_key_was_used_is_told_without_the_key(clean, monkeypatch):
    found = []
    for key in (KEY, "x" * 20):
        monkeypatch.setenv("LAKE_PSEUDONYM_KEY", key)
        found.append(clean(pl.DataFrame({"a": ["Ada"]}), {"pseudonymise": "a"}).cleaning.key_ids["a"])
    assert len(set(found)) == 2
    assert all(
        one.startswith("LAKE_PSEUDONYM_KEY:") and len(one) == len("LAKE_PSEUDONYM_KEY:") + 8 for one in found
    )


def test_a_missing_key_is_an_error(cells, monkeypatch):
    monkeypatch.delenv("LAKE_PSEUDONYM_KEY", raising=False)
    with pytest.raises(SettingsError, match="LAKE_PSEUDONYM_KEY is not set"):
        cells(["Ada"], {"pseudonymise": "a"})


def test_a_short_key_is_an_error_that_does_not_show_it(cells, monkeypatch):
    monkeypatch.setenv("LAKE_PSEUDONYM_KEY", "hunter2")
    with pytest.raises(SettingsError, match="too few to guard anything") as caught:
        cells(["Ada"], {"pseudonymise": "a"})
    assert "hunter2" not in str(caught.value)


def test_a_key_is_not_written_into_a_declaration(cells):
    with pytest.raises(DeclarationError, match="the name of an environment variable"):
        cells(["Ada"], {"pseudonymise": {"a": "my secret key"}})


@pytest.mark.usefixtures("key")
def test_a_nested_value_is_refused(cells):
    with pytest.raises(SchemaError, match="no value of its own"):
        cells([[1]], {"pseudonymise": "a"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [(None, ["***", "***", None]), (4, ["***", "***6789", None]), ({"last": 2}, ["***", "***89", None])],
)
def test_a_mask_leaves_no_more_than_the_end(cells, said, expected):
    assert cells(["123", "123456789", None], {"mask": {"a": said}}) == expected


def test_a_number_can_be_masked_but_has_no_end(cells):
    assert cells([17], {"mask": "a"}) == ["***"]
    with pytest.raises(SchemaError, match="no last characters"):
        cells([17], {"mask": {"a": 1}})


@pytest.mark.usefixtures("key")
@pytest.mark.parametrize("kind", ["pseudonymise", "mask"])
def test_cells_beside_the_row_are_hidden_too(clean, kind):
    beside = ['{"Birth Day":"1815-13-10","fee":"x"}', '{"born":{"year":1815}}', None]
    frame = pl.DataFrame({"born": [None, None, date(1906, 12, 9)], "_rescued": beside})
    outcome = clean(frame, {kind: "born"}, scope=Scope(elements={"born": ("Birth Day", "born")}))
    text = str(outcome.rows.to_dicts())
    assert not [year for year in ("1815", "1906") if year in text]
    assert '"fee":"x"' in outcome["_rescued"][0]
    assert outcome["_rescued"][2] is None


@pytest.mark.usefixtures("key")
def test_a_cell_that_a_step_before_lost_is_hidden_too(clean):
    frame = pl.DataFrame(
        {"born": ["1815-13-10"], "_rescued": [None]}, schema_overrides={"_rescued": pl.String}
    )
    outcome = clean(frame, {"cast": {"born": "date"}}, {"pseudonymise": "born"})
    assert "1815" not in str(outcome.rows.to_dicts())
