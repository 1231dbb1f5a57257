"""The job `replay` after a mended mapping: formatted, trusted and what is made of it, told in the catalogue."""

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets_tests.orchestration.running import drop, loaded, run_all


@pytest.fixture(scope="module")
def replayed(module_project, module_instance):
    """Prices that were declared as whole numbers, and a file that is none; the type mended, and the job run."""
    declared = module_project / "defs/hires/defs.yaml"
    declared.write_text(declared.read_text().replace("type: float", "type: int"))
    definitions = loaded(Lake.open())
    drop(module_project, "first.csv", "1,mon,2", "2,tue,2.5")
    (module_project / "inbox" / "second.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    run_all(definitions, module_instance)
    declared.write_text(declared.read_text().replace("type: int", "type: float"))
    config = {"ops": {"take_back": {"config": {"dataset": "hires", "why": "halves of pounds"}}}}
    return definitions.resolve_job_def("replay").execute_in_process(
        run_config=config, instance=module_instance
    )


def test_every_zone_has_it(replayed):
    assert replayed.success
    fresh = Lake.open()
    assert sorted(fresh.scan("trusted.hires").collect()["price"]) == [2.0, 2.5]
    assert dict(fresh.scan("exploitation.takings").collect().rows())["tue"] == 2.5


@pytest.mark.parametrize("key", [("formatted", "hires"), ("trusted", "hires"), ("exploitation", "takings")])
def test_the_catalogue_knows(replayed, module_instance, key):
    event = module_instance.get_latest_materialization_event(dg.AssetKey(key))
    assert event.run_id == replayed.run_id


def test_the_log_says_what_changed_and_what_still_cannot_be_read(replayed, module_instance):
    told = "\n".join(entry.user_message for entry in module_instance.all_logs(replayed.run_id))
    assert "formatted.hires: 2 files decoded again, 1 rows new or other than before" in told
    assert "the file is not CSV" in told
