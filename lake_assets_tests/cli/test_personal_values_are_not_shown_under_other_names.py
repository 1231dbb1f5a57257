"""A personal value that an exploitation table has under another name is shown nowhere: by no command, on no page."""

import pytest

_NAMES = {"Ada", "Grace", "Barbara"}
_KEY = "who"
_TABLE = """\
/*
key: [who]
columns: {who: a rider, price: what was paid}
rules:
  - {in_range: {price: [0, 3]}, severity: warn}
*/
SELECT rider AS who, price, _file, _row FROM trusted.bike_hires
"""


@pytest.fixture
def lake(small_lake):
    small_lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    small_lake.write("defs/exploitation/payers.sql", _TABLE)
    assert small_lake.run("ingest").exit_code == 0
    return small_lake


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize(
    "words",
    [
        ["show", "exploitation.payers"],
        ["trace", "exploitation.payers", "--where", "price > 0"],
        ["why", "exploitation.payers", "--where", "price > 0"],
        ["why", "exploitation.payers.who"],
        ["profile", "exploitation.payers"],
        ["history", "exploitation.payers"],
        ["diff", "exploitation.payers", "0", "0"],
        ["status"],
    ],
)
def test_no_command_shows_them(lake, words, form):
    said = lake.run(words[0], *words[1:], *form)
    assert said.exit_code == 0, said.stderr
    assert not [name for name in _NAMES if name in said.stdout + said.stderr]


def test_a_breach_is_told_without_them(lake):
    (broken,) = [
        each for each in lake.json("show", "exploitation.payers")["last_commit"]["verdicts"] if each["broken"]
    ]
    assert (broken["broken"], broken["first_keys"]) == (1, [])


def test_they_are_known_to_be_personal(lake):
    found = {(each["table"], each["column"]): each["because"] for each in lake.json("personal")}
    assert found["payers", _KEY] == "made of one"
    known = {each["ref"]: each["is_personal"] for each in lake.json("search", "who")["found"]}
    assert known["exploitation.payers.who"]


def test_a_search_does_not_find_their_values(lake):
    lake.run("profile", "exploitation.payers")
    assert lake.json("search", "Grace")["found"] == []


def test_nor_is_a_value_on_a_page(lake):
    assert lake.run("docs").exit_code == 0
    pages = [path.read_text() for path in (lake.folder / "lake/docs").rglob("*.html")]
    assert pages
    assert not [name for name in _NAMES for page in pages if name in page]


def test_a_profile_that_was_made_before_is_shown_without_them(lake):
    lake.write(
        "defs/bikes/defs.yaml",
        (lake.folder / "defs/bikes/defs.yaml").read_text().replace(", personal: true", ""),
    )
    assert "Grace" in lake.run("profile", "exploitation.payers").stdout
    lake.declare()
    assert "Grace" not in lake.run("profile", "exploitation.payers").stdout


def test_they_are_known_as_well_to_a_search_that_was_asked_before_the_table_was_there(small_lake):
    small_lake.write("defs/exploitation/defs.yaml", "type: lake_assets.Exploitation\nattributes: {}\n")
    small_lake.write("defs/exploitation/payers.sql", _TABLE)
    assert not [each for each in small_lake.json("search", "who")["found"] if each["is_personal"]]
    assert small_lake.run("ingest").exit_code == 0
    known = {each["ref"]: each["is_personal"] for each in small_lake.json("search", "who")["found"]}
    assert known["exploitation.payers.who"]
