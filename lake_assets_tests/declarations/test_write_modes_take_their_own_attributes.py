"""Each write mode takes the attributes that mean something to it, and no others."""

import pytest

from lake_assets.errors import DeclarationError
from lake_assets.model import Deletions, WriteMode


def _declared(source, text):
    (made,) = source(dataset=f"from: a.csv\nkey: a\n{text}").load().sources
    return made.datasets[0]


def test_a_history_by_a_column(source):
    dataset = _declared(source, "write: scd2\nvalid_from: updated_at")
    assert (dataset.write_mode, dataset.valid_from) == (WriteMode.SCD2, "updated_at")


def test_a_snapshot_with_its_deletions(source):
    dataset = _declared(source, "write: snapshot\ndeletions: mark\nempty_deletes: true")
    assert (dataset.deletions, dataset.empty_deletes) == (Deletions.MARK, True)
    assert _declared(source, "write: snapshot").deletions is Deletions.REMOVE


def test_an_upsert_by_order(source):
    assert _declared(source, "order_by: updated_at").order_by == "updated_at"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("write: append\norder_by: at", "order_by means nothing where rows are written by append"),
        ("valid_from: at", "valid_from means nothing where rows are written by upsert"),
        ("write: replace\ndeletions: mark", "declare write: snapshot"),
        ("write: scd2\nempty_deletes: true", "declare write: snapshot"),
        ("write: scd2\nvalid_from: at\ncolumns: {at: text}", "declare it as a datetime or a date"),
    ],
)
def test_what_means_nothing_is_refused(source, text, told):
    with pytest.raises(DeclarationError, match=told):
        _declared(source, text)


@pytest.mark.parametrize("mode", ["upsert", "scd2", "snapshot"])
def test_rows_that_are_merged_need_a_key(source, mode):
    with pytest.raises(DeclarationError, match="needs a key"):
        source(dataset=f"from: a.csv\nwrite: {mode}").load()
