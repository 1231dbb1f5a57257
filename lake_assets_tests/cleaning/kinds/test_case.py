import pytest

from lake_assets.errors import DeclarationError


@pytest.mark.parametrize(
    ("case", "expected"), [("upper", "NEW YORK"), ("lower", "new york"), ("title", "New York")]
)
def test_letters_change(cells, case, expected):
    assert cells(["nEW york", None], {"case": {"a": case}}) == [expected, None]


def test_another_case_is_refused(cells):
    with pytest.raises(DeclarationError, match="'uper' is no to"):
        cells(["a"], {"case": {"a": "uper"}})


def test_the_case_must_be_said(cells):
    with pytest.raises(DeclarationError, match="to is a text"):
        cells(["a"], {"case": "a"})
