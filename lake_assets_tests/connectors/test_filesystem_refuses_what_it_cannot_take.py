import errno
import os

import pytest

from lake_assets.connectors import _walk
from lake_assets.connectors._glob import Glob
from lake_assets.connectors.filesystem import Filesystem
from lake_assets.errors import ConnectorError, SettingsError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land, land_until_refused


def connector(path):
    return Filesystem(Source("s", "filesystem", {"path": str(path)}))


def look(path, glob="**/*.csv"):
    """What came before an error, and the error."""
    taken, error = land_until_refused(connector(path), Dataset("d", "s", origin=glob), Memory())
    return contents(taken), error


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "outside.csv").write_text("secret of another folder")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.csv").write_text("secret of another folder")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "good.csv").write_text("good")
    return inbox


def test_bad_links_are_all_named_after_the_good_files_came(inbox):
    (inbox / "file.csv").symlink_to("../outside.csv")
    (inbox / "folder").symlink_to(inbox.parent / "elsewhere")
    (inbox / "nothing.csv").symlink_to("gone.csv")
    (inbox / "circle.csv").symlink_to("circle.csv")
    os.mkfifo(inbox / "pipe.csv")
    taken, error = look(inbox)
    assert taken == [b"good"]
    assert error.what.startswith("5 of the names that fit cannot be taken: ")
    for said in (
        "file.csv: is a link that leaves the folder",
        "folder/: is a link that leaves the folder",
        "nothing.csv: is a link to nothing",
        "circle.csv: Too many levels of symbolic links",
        "pipe.csv: is not a file",
    ):
        assert said in error.what
    assert "dataset d" in error.place
    assert "the other files are not held up" in error.mend


def test_links_that_do_not_fit_the_glob_do_not_matter(inbox):
    (inbox / "notes.txt").symlink_to("../outside.csv")
    (inbox / "folder").symlink_to(inbox.parent / "elsewhere")
    landed = land(connector(inbox), Dataset("d", "s", origin="*.csv"), Memory())
    assert contents(landed) == [b"good"]


def test_links_inside_the_folder_are_followed_but_never_in_a_circle(inbox):
    (inbox / "sub").mkdir()
    (inbox / "sub" / "up").symlink_to("..")
    (inbox / "again").symlink_to("sub")
    (inbox / "sub" / "same.csv").symlink_to("../good.csv")
    (inbox / "left").mkdir()
    (inbox / "right").mkdir()
    (inbox / "left" / "r").symlink_to("../right")
    (inbox / "right" / "l").symlink_to("../left")
    landed = land(connector(inbox), Dataset("d", "s", origin="**/*.csv"), Memory())
    assert sorted(one.arrival.origin for one in landed) == ["again/same.csv", "good.csv", "sub/same.csv"]


def test_many_problems_are_counted_and_the_first_named(inbox):
    for number in range(60):
        (inbox / f"{number:02d}.csv").symlink_to("gone")
    _, error = look(inbox)
    assert error.what.startswith("60 of the names")
    assert "49.csv" in error.what
    assert error.what.endswith(" and 10 more")


def test_a_file_below_a_base_folder_that_is_a_link_lands(inbox):
    (inbox.parent / "linked").symlink_to(inbox)
    landed = land(connector(inbox.parent / "linked"), Dataset("d", "s", origin="*.csv"), Memory())
    assert contents(landed) == [b"good"]


def test_a_folder_of_the_glob_may_not_lead_out_of_the_base(inbox):
    (inbox / "linked").symlink_to(inbox.parent / "elsewhere")
    taken, error = look(inbox, "linked/*.csv")
    assert taken == []
    assert "is a link that leaves" in error.what
    assert "path of the connector" in error.mend


def test_a_missing_folder_is_an_error(inbox):
    taken, error = look(inbox / "nowhere", "*.csv")
    assert taken == []
    assert "nowhere cannot be listed: No such file or directory" in error.what
    assert "create it" in error.mend
    assert isinstance(error.__cause__, FileNotFoundError)


def test_a_file_in_place_of_a_folder_is_an_error(inbox):
    _, error = look(inbox / "good.csv", "*.csv")
    assert "Not a directory" in error.what


@pytest.mark.parametrize("origin", ["", "sub", "."])
def test_an_origin_that_names_a_folder_is_an_error(inbox, origin):
    (inbox / "sub").mkdir()
    _, error = look(inbox, origin)
    assert "names a folder" in error.what
    assert "write a glob" in error.mend


def test_a_file_that_is_gone_when_it_is_fetched_is_an_error_of_its_own(inbox):
    (inbox / "next.csv").write_text("next")
    os.utime(inbox / "good.csv", (1, 1))
    arrivals = connector(inbox).discover(Dataset("d", "s", origin="*.csv"), Memory())
    arrival = next(arrivals)
    (inbox / "good.csv").unlink()
    with pytest.raises(ConnectorError, match="cannot be read: No such file") as caught:
        fetched(arrival)
    assert "file good.csv" in caught.value.place
    assert isinstance(caught.value.__cause__, FileNotFoundError)
    assert [fetched(one).content for one in arrivals] == [b"next"]


def test_an_unset_variable_is_named(inbox):
    with pytest.raises(SettingsError, match="LAKE_TEST_NOT_SET"):
        list(connector("${LAKE_TEST_NOT_SET}").discover(Dataset("d", "s", origin="*"), Memory()))


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_folder_that_cannot_be_read_does_not_hold_up_the_others(inbox, monkeypatch, number):
    """Tests may run as root, whom no right is refused: so the refusal is acted."""
    (inbox / "closed").mkdir()
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("closed"):
            raise OSError(number, os.strerror(number), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    taken, error = look(inbox)
    assert taken == [b"good"]
    assert f"closed/: {os.strerror(number)}" in error.what
    assert isinstance(error.__cause__, OSError)


def test_a_file_that_is_gone_before_it_is_measured_is_no_problem(inbox):
    walk = _walk.Walk(str(inbox), str(inbox), Glob("*.csv"))

    class Gone:
        name, path = "gone.csv", str(inbox / "gone.csv")

        def is_dir(self):
            return False

        def is_symlink(self):
            return False

        def stat(self):
            raise FileNotFoundError(errno.ENOENT, "No such file", self.path)

    assert walk._file(Gone(), "gone.csv") is None
    assert walk.problems == []
