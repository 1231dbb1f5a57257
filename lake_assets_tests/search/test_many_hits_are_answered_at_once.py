"""A word that stands everywhere is answered with what bears it in its name first, then with some of the others."""

import pytest

from lake_assets.search import Entry, Subject, ask, write_index


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("index") / "search.sqlite"
    columns = [
        Entry("column", f"trusted.t{number}.c", "c", f"trusted t{number}", description="of the plant")
        for number in range(10_100)
    ]
    named = Entry("column", "trusted.z.plant_name", "plant_name", "trusted z", owner="team:z")
    write_index(path, {"digest": "x"}, [Subject("all", 1, "{}", (*columns, named))], is_whole=True)
    return path


def test_names_come_first(path):
    found = ask(path, ["plant"], 5).found
    assert found[0].ref == "trusted.z.plant_name"
    assert len({each.ref for each in found}) == 5


def test_filters_hold(path):
    assert [each.ref for each in ask(path, ["plant"], 5, owner="z").found] == ["trusted.z.plant_name"]


def test_fewer_hits_are_all_weighed(path):
    assert ask(path, ["plant", "t77"], 3).found[0].ref == "trusted.t77.c"
