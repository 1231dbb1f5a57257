import pytest

from lake_assets.model import WriteMode


@pytest.mark.parametrize(
    ("declared", "mode"),
    [
        ("", WriteMode.APPEND),
        ("key: [a, b]", WriteMode.UPSERT),
        ("key: a\nwrite: append", WriteMode.APPEND),
        ("key: a\nwrite: replace", WriteMode.REPLACE),
        ("write: replace", WriteMode.REPLACE),
        ("write: upsert\nkey: a", WriteMode.UPSERT),
    ],
)
def test_write_mode_follows_the_key(source, declared, mode):
    (made,) = source(dataset=f"from: a.csv\n{declared}").load().sources
    assert made.datasets[0].write_mode is mode
