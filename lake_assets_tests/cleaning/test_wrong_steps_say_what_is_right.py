import pytest

from lake_assets.cleaning import declare_step
from lake_assets.errors import DeclarationError


@pytest.mark.parametrize(
    ("declared", "what", "mend"),
    [
        ({"trm": "a"}, "no kind of cleaning step is named 'trm'", "did you mean trim"),
        ({"trim": "a", "case": {"a": "upper"}}, "one key that names its kind", "one step per entry"),
        ({}, "found none", "one step per entry"),
        ({"trim": []}, "names no column", "write it like trim"),
        ({"trim": {}}, "names no column", "write it like trim"),
        ({"trim": None}, "names no column", "write it like trim"),
        ({"trim": ["a", "a"]}, "named twice", "once"),
        ({"trim": [True]}, "True is not a name", "quotes"),
        ({"trim": {"a": "x"}}, "says too little", "write it like trim"),
        ({"trim": {"a": {"hard": True}}}, "no option 'hard'", "write it like trim"),
        ({"case": "*"}, "for columns by their names", "write it like case"),
        ({"trim": "_file"}, "_file is not cleaned", "where the row comes from"),
        ({"mask": {"a": -1}}, "last is a whole number", "write it like mask"),
        ({"null_tokens": {"a": [["x"]]}}, "numbers, texts, dates or booleans", "null_tokens"),
        ({"unit": {"a": {"form": "mi", "to": "km"}}}, "no option 'form'", "did you mean from"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_step_is_told(declared, what, mend):
    with pytest.raises(DeclarationError) as caught:
        declare_step(declared, place="here")
    assert what in caught.value.what
    assert mend in caught.value.mend
    assert caught.value.place.startswith("here")
