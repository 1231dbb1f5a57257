import re

import pytest

from lake_assets.errors import DeclarationError
from lake_assets.quality import declare_rule

DEFAULTS = [
    ({"not_null": "carrier"}, "carrier_not_null"),
    ({"in_range": {"month": [1, 12]}}, "month_in_range"),
    ({"unique": ["origin", "time_hour"]}, "origin_time_hour_unique"),
    ({"expression": "arr_time > dep_time"}, "arr_time_dep_time_expression"),
    ({"row_count": {"min": 1}}, "row_count"),
    ({"not_null": "Größe in cm"}, "Gr_e_in_cm_not_null"),
    ({"check": {"column": "tailnum", "name": "str_startswith", "string": "N"}}, "tailnum_str_startswith"),
]


@pytest.mark.parametrize(("declared", "rule_id"), DEFAULTS)
def test_the_default_says_columns_and_kind(declared, rule_id):
    assert declare_rule(declared, owner="team:a").rule_id == rule_id
    assert re.fullmatch("[A-Za-z0-9_]+", rule_id)


def test_a_declared_id_that_is_no_such_name_is_refused():
    with pytest.raises(DeclarationError, match="letters, digits and _ only"):
        declare_rule({"not_null": "a", "id": "a is there"}, owner="team:a")
