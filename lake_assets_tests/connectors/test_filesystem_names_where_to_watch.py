"""A folder source says which folder a change must be in to matter, and for how long files rest."""

import pytest

from lake_assets.connectors import Watched, WatchPlace, open_connector
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Mapping, Source


def _place(origin, **options):
    dataset = Dataset(
        name="hires",
        source="bikes",
        origin=origin,
        format="csv",
        format_options={},
        connector_options={},
        mapping=Mapping(),
    )
    connector = open_connector(Source("bikes", "filesystem", options, (dataset,)))
    assert isinstance(connector, Watched)
    return connector.watch_place(dataset)


@pytest.fixture
def inbox(tmp_path):
    (tmp_path / "inbox/bikes").mkdir(parents=True)
    return tmp_path / "inbox"


@pytest.mark.parametrize(
    ("origin", "below", "is_deep"),
    [
        ("*.csv", "", False),
        ("bikes/*.csv", "bikes", False),
        ("bikes/1.csv", "bikes", False),
        ("*/1.csv", "", True),
        ("bikes/**/*.csv", "bikes", True),
    ],
)
def test_the_folder_before_the_first_wildcard(origin, below, is_deep, inbox):
    assert _place(origin, path=str(inbox)) == WatchPlace(str((inbox / below).resolve()), is_deep, 0)


def test_links_are_followed_since_the_system_tells_of_real_folders(inbox, tmp_path):
    (tmp_path / "link").symlink_to(inbox)
    assert _place("*.csv", path=str(tmp_path / "link")).folder == str(inbox.resolve())


def test_files_that_must_rest(inbox):
    assert _place("*.csv", path=str(inbox), settle={"stable_s": 2}).rest_s == 2


def test_an_origin_that_names_a_folder_is_refused(inbox):
    with pytest.raises(ConnectorError, match="names a folder"):
        _place("bikes", path=str(inbox))
