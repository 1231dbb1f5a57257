"""What Dagster keeps of runs, checks and failures (events, logs, assets) holds no value of a personal column."""

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions
from lake_assets_tests.erasure.people import places_of
from lake_assets_tests.orchestration.running import run_all

pytestmark = pytest.mark.heavy

SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {kind: filesystem}
  datasets:
    hires:
      from: inbox/*.csv
      key: [hire_id]
      columns:
        hire_id: int
        rider: {type: text, personal: true}
        born: {type: date, personal: true}
        price: float
      rules:
        - {matches: {rider: "[A-Z].*"}}
        - {in_set: {rider: [Ada]}, severity: warn}
        - {unique: [rider], severity: warn}
        - in_range: {price: [0, 9]}
"""
FAILING = "SELECT CAST(CONCAT(rider, price) AS INTEGER) AS number FROM trusted.hires\n"
ROWS = (
    "1,hopper@example.org,1906-12-09,1",
    "2,hopper@example.org,hopper-born,99",
    "3,Hopper-Grace,1906-12-09,1,surplus-hopper",
    "5,Hopper-Mary,1906-12-09,1",
    '4,"hopper-unclosed,1906-12-09,1',
)


def test_it_holds_none(project, tmp_path_factory):
    (project / "defs/hires/defs.yaml").write_text(SOURCE)
    (project / "defs/exploitation/takings.sql").write_text("SELECT rider, price FROM trusted.hires\n")
    (project / "defs/exploitation/failing.sql").write_text(FAILING)
    (project / "inbox" / "a.csv").write_text("\n".join(["hire_id,rider,born,price", *ROWS]) + "\n")
    history = tmp_path_factory.mktemp("dagster")
    with dg.DagsterInstance.local_temp(str(history)) as instance:
        declared = declared_definitions(Lake.open().declarations)
        result = run_all(dg.Definitions.merge(declared, shared_definitions()), instance)
        checks = result.get_asset_check_evaluations()
    assert not result.success, "what is made of the personal column must have failed over its values"
    assert [check for check in checks if not check.passed], "rules of personal columns must have been broken"
    assert places_of(history, "hires"), "the history must be where it is searched"
    assert places_of(project / "lake", "hopper"), "the lake must hold what the history must not"
    assert places_of(history, "hopper") == []
