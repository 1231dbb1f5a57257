from importlib import import_module
from pkgutil import iter_modules

import pytest

from lake_assets import storage

PUBLIC = {
    "change": {"Change"},
    "commit": {"Change", "commit"},
    "data_files": {"DataFile", "Split", "discard", "write_data_files", "write_split"},
    "files": {"FileEntry", "FileStore"},
    "follow": {"follow"},
    "maintenance": {"RETENTION", "compact", "vacuum"},
    "probe": {"require_conditional_put"},
    "root": {"LakeRoot"},
    "schema": {"as_storable", "check_storable", "delta_schema"},
    "table": {"Note", "Table", "find_table", "open_table"},
    "upsert": {"Upsert", "plan_upsert"},
}


@pytest.mark.parametrize("module", [module.name for module in iter_modules(storage.__path__)])
def test_every_name_that_a_module_lists_is_there(module):
    room = import_module(f"lake_assets.storage.{module}")
    assert room.__all__ == sorted(room.__all__)
    assert all(hasattr(room, name) for name in room.__all__)


@pytest.mark.parametrize("module", PUBLIC)
def test_what_other_rooms_rely_on_is_public(module):
    assert PUBLIC[module] <= set(import_module(f"lake_assets.storage.{module}").__all__)
