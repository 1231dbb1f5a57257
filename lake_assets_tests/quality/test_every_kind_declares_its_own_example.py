import pytest
import yaml

from lake_assets.quality import KINDS, declare_rule, describe_rule


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_an_error_tells_people_to_write_is_right(kind):
    written = kind.example.split(", or ")
    rules = [declare_rule(yaml.safe_load(one), owner="team:a") for one in written]
    assert {rule.kind for rule in rules} == {kind.name}
    assert len(set(map(describe_rule, rules))) == 1
