import pytest

from lake_assets.errors import DeclarationError
from lake_assets.quality import declare_rule

WRONG = [
    ({"not_null": None}, "a name or a list of names"),
    ({"not_null": []}, "a name or a list of names"),
    ({"not_null": [1]}, "a name or a list of names"),
    ({"not_null": ["a", "a"]}, "twice: a, a"),
    ({"not_null": {"colums": ["a"]}}, "did you mean columns or column"),
    ({"in_range": "month"}, "'month' says too little"),
    ({"in_range": {"colunm": "month"}}, "did you mean column"),
    ({"in_range": {"colunm": "month", "min": 1}}, "did you mean column"),
    ({"in_range": {"column": "month"}}, "neither min nor max"),
    ({"in_range": {"month": [None, None]}}, "neither min nor max"),
    ({"in_range": {"month": [12, 1]}}, "min is greater than max: 12 and 1"),
    ({"in_range": {"month": [1, "b"]}}, "of two types"),
    ({"in_range": {"month": [[1], 2]}}, "numbers, texts, dates or booleans"),
    ({"in_range": {"min": 1, "max": 2}}, "column is a text, found None"),
    ({"in_range": {False: [1, 2]}}, "YAML reads a bare yes, no, on and off as booleans"),
    ({"in_set": {"origin": []}}, "values is empty"),
    ({"in_set": {"origin": [None]}}, "values is empty"),
    ({"in_set": {"country": [False, "SE"]}}, "a bare NO as false"),
    ({"in_set": {"column": "origin", "values": "EWR"}}, "a list of values"),
    ({"matches": {"tailnum": "(?=x)"}}, "is not a pattern"),
    ({"matches": {"column": "tailnum"}}, "pattern is a text"),
    ({"length": {"tailnum": [-1, 6]}}, "whole number from 0, found -1"),
    ({"length": {"tailnum": [True, 6]}}, "whole number from 0, found True"),
    ({"length": {"tailnum": [6, 5]}}, "min is greater than max"),
    ({"length": {"column": "tailnum"}}, "neither min nor max"),
    ({"ordered": ["a"]}, "two columns or more"),
    ({"unique": {"columns": "a", "key": "b"}}, "no option 'key'"),
    ({"references": {"a": "nowhere.airlines"}}, "no zone is named 'nowhere'"),
    ({"references": {"a": "airlines"}}, "no zone is named 'airlines'"),
    ({"references": {"columns": ["a", "b"], "table": "trusted.t", "to": "c"}}, "2 columns refer to 1"),
    ({"expression": "a >"}, "not an SQL condition"),
    ({"expression": "1 = 1"}, "names no column"),
    ({"expression": {"a": "b > c"}}, "no option 'a'"),
    ({"expression": "CAST(a AS INT) > 2"}, "write TRY_CAST"),
    ({"check": {"column": "a", "name": "str_startwith", "string": "N"}}, "no check str_startwith"),
    ({"check": {"column": "a", "name": "str_startswith"}}, "string"),
    (
        {"check": {"column": "a", "name": "unique_values_eq", "values": ["x"]}},
        "more of the table than one row",
    ),
    ({"row_count": None}, "neither min nor max"),
    ({"row_count": {"mon": 1}}, "did you mean min"),
]


@pytest.mark.parametrize(("declared", "said"), WRONG)
def test_a_wrong_option_is_refused_in_words(declared, said):
    with pytest.raises(DeclarationError) as refused:
        declare_rule(declared, owner="team:a", place="defs.yaml:7")
    assert said in str(refused.value)
    assert refused.value.place.startswith("defs.yaml:7, rule ")
    assert refused.value.mend
