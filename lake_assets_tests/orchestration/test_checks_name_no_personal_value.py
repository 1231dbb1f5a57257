"""What a check asks is told in Dagster without the values that its rule names of personal columns."""

from lake_assets.model import Rule, TableRef
from lake_assets.orchestration.checks import check_specs

RULES = (
    Rule("rider_in_set", "in_set", ("rider",), {"values": ("Ada",)}, reason="only they ride"),
    Rule("kind_in_set", "in_set", ("kind",), {"values": ("day", "year")}),
)


def test_it_is() -> None:
    specs = check_specs(TableRef.parse("trusted.hires"), RULES, {"rider"})
    assert [each.description for each in specs] == [
        "only they ride: the value is one of a list",
        "kind is one of day, year",
    ]
