import pytest

from lake_assets.errors import DeclarationError
from lake_assets.model import Rule
from lake_assets.quality import declare_rule, describe_rule

SENTENCES = [
    ({"not_null": "a"}, "a is not null"),
    ({"not_null": ["a", "b"]}, "a and b are not null"),
    ({"in_range": {"a": [1, None]}}, "a is at least 1"),
    ({"in_set": {"a": [1, 2]}}, "a is one of 1, 2"),
    ({"in_set": {"a": list(range(14))}}, "a is one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"),
    ({"matches": {"a": "^N"}}, "a matches ^N"),
    ({"length": {"a": [None, 6]}}, "the length of a is at most 6"),
    ({"ordered": ["a", "b"]}, "a <= b"),
    ({"unique": ["a", "b"]}, "no two rows have the same a and b"),
    ({"references": {"a": "trusted.t.b"}}, "a is in trusted.t (b)"),
    ({"expression": "a > b"}, "a > b"),
    (
        {"check": {"column": "a", "name": "notin", "forbidden_values": [1, 2]}},
        "a passes notin(forbidden_values=(1, 2))",
    ),
    ({"row_count": {"min": 1}}, "a run keeps at least 1 rows"),
]


@pytest.mark.parametrize(("declared", "sentence"), SENTENCES)
def test_a_rule_reads_as_a_sentence(declared, sentence):
    assert describe_rule(declare_rule(declared, owner="team:a")) == sentence


def test_a_rule_of_no_kind_is_refused():
    with pytest.raises(DeclarationError, match="no kind of rule"):
        describe_rule(Rule("a", "nonesuch", ("a",)))
