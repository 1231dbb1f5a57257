import os
import time

import pytest

from lake_assets.connectors.sftp import Sftp
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land, land_until_refused
from lake_assets_tests.connectors.sftp_server import SECRET, line_to

pytestmark = pytest.mark.heavy


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)


@pytest.fixture
def store(sshd, tmp_path):
    """Reads the folder of the test over SFTP."""

    def connector(**changes):
        return Sftp(Source("store", "sftp", sshd.options(**{"path": tmp_path, **changes})))

    return connector


def dataset(origin="**/*.csv"):
    return Dataset("hires", "store", origin=origin)


def put(path, content=b"x", age_s=100):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    moment = int(time.time()) - age_s
    os.utime(path, (moment, moment))


NAMES = [
    "a.csv",
    "in/b.csv",
    "in/2024/c.csv",
    "in/2024/05/d \N{LATIN SMALL LETTER E WITH ACUTE}.csv",
    "in/x.txt",
]


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("*.csv", ["a.csv"]),
        ("**/*.csv", NAMES[:4]),
        ("in/*.csv", ["b.csv"]),
        ("in/20*/**", ["2024/c.csv", "2024/05/d \N{LATIN SMALL LETTER E WITH ACUTE}.csv"]),
        ("in/b.csv", ["b.csv"]),
        ("none/*.csv", None),
        ("*/none.csv", []),
    ],
)
def test_an_origin_is_a_glob_below_the_path(store, tmp_path, origin, expected):
    for name in [*NAMES, ".hidden.csv", "half.csv.part", "in/half.csv~"]:
        put(tmp_path / name, name.encode())
    if expected is None:
        with pytest.raises(ConnectorError, match="it is not there"):
            land(store(), dataset(origin), Memory())
        return
    landed = land(store(), dataset(origin), Memory())
    assert sorted(one.arrival.origin for one in landed) == sorted(expected)
    assert all(one.content.decode().endswith(one.arrival.origin) for one in landed)


def test_a_path_may_be_relative_to_where_the_server_lets_in(sshd):
    with pytest.raises(ConnectorError, match="it is not there"):
        land(Sftp(Source("store", "sftp", sshd.options("no/such/folder"))), dataset("*.csv"), Memory())


def test_older_changes_come_first(store, tmp_path):
    for age_s, name in enumerate("cab", start=50):
        put(tmp_path / f"{name}.csv", name.encode(), age_s)
    assert contents(land(store(), dataset(), Memory())) == [b"b", b"a", b"c"]


def test_a_new_version_lands_and_so_does_an_old_one_that_was_put_back(store, tmp_path):
    memory, landed = Memory(), []
    for content in (b"A", b"BB", b"A"):
        put(tmp_path / "x.csv", content)
        landed += land(store(), dataset(), memory)
        assert land(store(), dataset(), memory) == []
    assert contents(landed) == [b"A", b"BB", b"A"]


def test_a_file_that_was_just_changed_is_left_for_later(store, tmp_path):
    put(tmp_path / "new.csv", age_s=5)
    put(tmp_path / "old.csv", age_s=500)
    put(tmp_path / "ahead.csv", age_s=-5)
    assert [one.arrival.name for one in land(store(settle_s=60), dataset(), Memory())] == ["old.csv"]


def test_a_file_that_grows_while_it_is_fetched_is_left_for_the_next_look(store, tmp_path):
    put(tmp_path / "x.csv", b"half", age_s=10)
    arrivals = store().discover(dataset(), Memory())
    first = next(arrivals)
    put(tmp_path / "x.csv", b"whole now", age_s=9)
    with pytest.raises(ConnectorError, match="still being written: 4 bytes when listed, 9 now"):
        fetched(first)
    arrivals.close()
    assert contents(land(store(), dataset(), Memory())) == [b"whole now"]


def test_a_file_that_is_gone_is_an_error_of_its_own(store, tmp_path):
    put(tmp_path / "a.csv", b"1", age_s=10)
    put(tmp_path / "b.csv", b"2", age_s=9)
    arrivals = store().discover(dataset(), Memory())
    first = next(arrivals)
    (tmp_path / "a.csv").unlink()
    with pytest.raises(ConnectorError, match="it is not there") as caught:
        fetched(first)
    assert "file a.csv" in caught.value.place
    assert fetched(next(arrivals)).content == b"2"
    arrivals.close()


def test_links_that_leave_the_folder_are_refused_and_others_followed(store, tmp_path):
    put(tmp_path / "in/real.csv", b"real")
    put(tmp_path / "secret/x.csv", b"secret")
    (tmp_path / "in/inside.csv").symlink_to("real.csv")
    (tmp_path / "in/out.csv").symlink_to("../secret/x.csv")
    (tmp_path / "in/outdir").symlink_to("../secret")
    (tmp_path / "in/nothing.csv").symlink_to("none")
    (tmp_path / "in/loop").symlink_to("../in")
    taken, error = land_until_refused(store(path=str(tmp_path / "in")), dataset(), Memory())
    assert contents(taken) == [b"real", b"real"]
    assert "out.csv: is a link that leaves the folder" in error.what
    assert "outdir/: is a link that leaves the folder" in error.what
    assert "nothing.csv: is a link to nothing" in error.what


@pytest.mark.parametrize("origin", ["/etc/*.csv", "../*.csv", "in/../../*.csv"])
def test_an_origin_that_leaves_the_path_is_refused(store, origin):
    with pytest.raises(ConnectorError, match="leaves the base folder"):
        land(store(), dataset(origin), Memory())


def test_an_origin_that_names_a_folder_is_refused(store):
    with pytest.raises(ConnectorError, match="names a folder"):
        land(store(), dataset("in/"), Memory())


def test_a_name_that_is_no_text_holds_up_its_folder_only(store, tmp_path):
    put(tmp_path / "good/a.csv", b"a")
    put(tmp_path / "bad/b.csv", b"b")
    (tmp_path / "bad" / os.fsdecode(b"caf\xe9.csv")).write_bytes(b"c")
    taken, error = land_until_refused(store(), dataset(), Memory())
    assert contents(taken) == [b"a"]
    assert "bad/: a name in it is no UTF-8" in error.what


@pytest.mark.parametrize("cuts", [(2_000_000,), (1_000_000, 1_500_000)])
def test_a_file_whose_connection_is_lost_is_gone_on_with(sshd, store, tmp_path, cuts, caplog):
    content = os.urandom(5_000_000)
    put(tmp_path / "x.csv", content)
    with line_to(sshd.port, *cuts) as line:
        (landed,) = land(store(port=line.port, timeout_s=10), dataset(), Memory())
        assert line.connections == len(cuts) + 1
    assert landed.content == content
    assert "going on" in caplog.text


def test_a_connection_that_is_always_lost_is_an_error_and_nothing_lands(sshd, store, tmp_path):
    put(tmp_path / "x.csv", os.urandom(5_000_000))
    with line_to(sshd.port, *[1_000_000] * 3) as line:
        with pytest.raises(ConnectorError, match="the connection is lost"):
            land(store(port=line.port, timeout_s=10), dataset(), Memory())
        assert line.connections == 3
