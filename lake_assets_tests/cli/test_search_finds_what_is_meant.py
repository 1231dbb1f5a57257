"""`lake search` finds tables, columns and terms by every field, misspelt words too, and never a personal value."""

import json
import shutil

import pytest
from click.testing import CliRunner

from lake_assets.cli.commands import main
from lake_assets.search import index_path
from lake_assets_tests.flow.a_lake import ALake

SOURCE = """\
type: lake_assets.Source
attributes:
  owner: team:mobility
  connector: {{kind: filesystem, path: "{inbox}"}}
  datasets:
    hires:
      from: '*.csv'
      description: Every hire of a bike.
      tags: [cycling]
      key: [hire_id]
      columns:
        hire_id: int
        price: {{type: float, unit: euro, description: what the rider paid}}
        rider: {{type: text, personal: true}}
"""
VOCABULARY = """\
type: lake_assets.Vocabulary
attributes:
  owner: team:sales
  terms:
    fare: {definition: The money for one ride., synonyms: [toll], binds: trusted.hires.price}
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    lake = ALake(tmp_path_factory.mktemp("searched"))
    lake.inbox.mkdir()
    lake.write("defs/bikes/defs.yaml", SOURCE.format(inbox=lake.inbox))
    lake.write("defs/words/defs.yaml", VOCABULARY)
    lake.declare_table("takings", "/*\ndescription: what came in\n*/\nSELECT price FROM trusted.hires")
    rows = "".join(f"{number},2.5,Rosalind,Greenwich\n" for number in range(10))
    lake.drop("a.csv", f"hire_id,price,rider,station\n{rows}")
    lake.ingest_whole()
    assert _run(lake, "profile").exit_code == 0
    return lake


@pytest.fixture
def a_lake(original, tmp_path):
    shutil.copytree(original.folder, tmp_path, dirs_exist_ok=True)
    return ALake(tmp_path)


def _run(a_lake, command, *arguments):
    options = ["--root", str(a_lake.folder / "lake"), "--defs", str(a_lake.folder / "defs")]
    return CliRunner().invoke(main, [command, *options, *arguments], catch_exceptions=False)


def _refs(a_lake, *arguments):
    return [each["ref"] for each in json.loads(_run(a_lake, "search", "--json", *arguments).stdout)["found"]]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["fare"], "fare"),
        (["price", "--kind", "column"], "trusted.hires.price"),
        (["toll", "--kind", "column"], "trusted.hires.price"),
        (["rider", "paid"], "trusted.hires.price"),
        (["cycl"], "trusted.hires"),
        (["takings"], "exploitation.takings"),
        (["greenwich"], "trusted.hires.station"),
        (["hires", "euros"], "trusted.hires.price"),
    ],
)
def test_by_every_field(original, words, first):
    assert first in _refs(original, *words)[:2]


def test_the_name_counts_more_than_the_description(original):
    assert _refs(original, "hire", "--kind", "table")[0] in {"trusted.hires", "formatted.hires"}


def test_a_misspelt_word_is_taken_for_the_nearest(original):
    told = _run(original, "search", "takngs")
    assert "exploitation.takings" in told.stdout
    assert "taken for takings" in told.stderr


def test_no_personal_value_is_found_or_kept(original):
    assert _refs(original, "rosalind") == []
    path = index_path(str(original.folder / "lake"), is_local=True)
    assert b"rosalind" not in path.read_bytes().lower()
    assert b"Greenwich" in path.read_bytes()


def test_filters_alone_list_all(original):
    assert _refs(original, "--personal", "--kind", "column") == [
        "formatted.hires.rider",
        "trusted.hires.rider",
    ]
    assert _refs(original, "--owner", "sales") == ["fare"]
    assert _refs(original, "nonsense") == []
    assert "nothing was found" in _run(original, "search", "nonsense").stdout


def test_what_changed_is_found_at_once(a_lake):
    assert _refs(a_lake, "colour") == []
    a_lake.write("defs/bikes/defs.yaml", SOURCE.format(inbox=a_lake.inbox))
    a_lake.inbox.mkdir(exist_ok=True)
    a_lake.drop("b.csv", "hire_id,price,rider,station,colour\n99,1,Ada,Kew,red\n")
    a_lake.ingest_whole()
    assert _refs(a_lake, "colour") == ["trusted.hires.colour", "formatted.hires.colour"]
    assert _refs(a_lake, "greenwich") == ["trusted.hires.station"]


def test_what_is_gone_or_declared_otherwise_is_not_found(a_lake):
    assert _refs(a_lake, "takings", "--kind", "table") == ["exploitation.takings"]
    (a_lake.folder / "defs/exploitation/takings.sql").unlink()
    shutil.rmtree(a_lake.folder / "lake/exploitation/takings")
    a_lake.write("defs/words/defs.yaml", VOCABULARY.replace("toll", "levy"))
    assert _refs(a_lake, "takings", "--kind", "table") == []
    assert _refs(a_lake, "toll") == []
    assert _refs(a_lake, "levy")[0] == "fare"


def test_a_search_without_news_writes_nothing(a_lake):
    _refs(a_lake, "fare")
    path = index_path(str(a_lake.folder / "lake"), is_local=True)
    before = path.stat().st_mtime_ns
    _refs(a_lake, "fare")
    assert path.stat().st_mtime_ns == before


def test_an_index_that_is_damaged_is_made_again(a_lake):
    path = index_path(str(a_lake.folder / "lake"), is_local=True)
    path.write_bytes(b"no database at all" * 100)
    assert _refs(a_lake, "fare")[0] == "fare"


def test_a_lake_without_tables_is_searched_by_what_is_declared(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    lake = ALake(tmp_path)
    lake.inbox.mkdir()
    lake.write("defs/bikes/defs.yaml", SOURCE.format(inbox=lake.inbox))
    assert _refs(lake, "price") == ["trusted.hires.price", "formatted.hires.price"]


def test_words_that_mean_something_to_the_index_are_plain_words(original):
    for words in (['"'], ["*"], ["NEAR("], ["AND"], ["price*"], ["a:b"], ["-"]):
        assert _run(original, "search", *(["--"] if words == ["-"] else []), *words).exit_code == 0


def test_who_owns_what(original):
    owned = json.loads(_run(original, "owners", "--json").stdout)
    assert ("team:mobility", "table", "trusted.hires") in {(o["owner"], o["kind"], o["name"]) for o in owned}
    assert owned[-1]["owner"] == ""
    (hires,) = json.loads(_run(original, "owners", "--json", "--of", "hires").stdout)
    assert hires["owner"] == "team:mobility"
    assert "fare" in _run(original, "owners", "sales").stdout


def test_which_personal_data_are_held_and_where(original):
    held = json.loads(_run(original, "personal", "--json").stdout)
    assert [(each["zone"], each["column"], each["because"]) for each in held] == [
        ("persistent_landing", "rider", "declared"),
        ("formatted", "rider", "declared"),
        ("formatted", "_rescued", "whole record"),
        ("trusted", "rider", "declared"),
        ("trusted", "_rescued", "whole record"),
    ]
    assert {each["owner"] for each in held} == {"team:mobility"}
    assert "Rosalind" not in _run(original, "personal").stdout


def test_personal_data_that_only_profiles_found_are_told(tmp_path):
    lake = ALake(tmp_path)
    lake.declare("people: {from: '*.csv'}")
    assert "no column is declared personal" in _run(lake, "personal").stdout
    mails = "".join(f"{number},ann{number}@example.org\n" for number in range(200))
    lake.drop("a.csv", f"id,contact\n{mails}")
    lake.ingest_whole()
    _run(lake, "profile")
    found = json.loads(_run(lake, "personal", "--json").stdout)
    assert [(each["zone"], each["column"], each["because"]) for each in found] == [
        ("trusted", "contact", "found")
    ]
    assert found[0]["meaning"]
