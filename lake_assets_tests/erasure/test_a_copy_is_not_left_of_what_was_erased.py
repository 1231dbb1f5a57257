"""Neither a search nor a site leaves what it read before an erasure: it is refused beside one, and taken back after."""

import pytest
from click.testing import CliRunner

from lake_assets.cli import main
from lake_assets.erasure import claimed, withdrawn_if_erased
from lake_assets.errors import StorageError
from lake_assets.lake import write_docs
from lake_assets.search import index_path
from lake_assets.storage.local_files import LocalFiles

BESIDE, AFTER = "a person is being erased by process", "a person was erased since"


class ErasedMeanwhile(LocalFiles):
    """A folder; while the first page is written into it a whole erasure passes."""

    def __init__(self, folder, root):
        super().__init__(str(folder))
        self._erasing = [root]

    def create(self, path):
        while self._erasing:
            with claimed(self._erasing.pop()):
                pass
        return super().create(path)


def test_no_site_is_written_beside_one(peopled):
    with claimed(peopled.lake.root), pytest.raises(StorageError, match=BESIDE):
        write_docs(peopled.lake)
    assert not [path for path in peopled.paths() if path.startswith("docs/")]


def test_a_site_that_was_begun_before_is_taken_back(peopled, tmp_path):
    store = ErasedMeanwhile(tmp_path / "site", peopled.lake.root)
    with pytest.raises(StorageError, match=AFTER):
        write_docs(peopled.lake, store)
    assert list((tmp_path / "site").rglob("*.html")) == []
    assert write_docs(peopled.lake, store).files


def test_no_search_makes_an_index_beside_one(peopled):
    lake = ["search", "riders", "--root", peopled.lake.root.uri, "--defs", str(peopled.folder / "defs")]
    with claimed(peopled.lake.root):
        refused = CliRunner().invoke(main, lake)
    assert refused.exit_code != 0
    assert BESIDE in refused.output
    assert not index_path(peopled.lake.root.uri, is_local=True).exists()
    assert "riders" in CliRunner().invoke(main, lake).output


def test_what_was_begun_before_is_taken_back_whatever_it_is(peopled, tmp_path):
    copy = tmp_path / "pages"

    def written():
        with withdrawn_if_erased(peopled.lake.root, copy.unlink):
            copy.write_text("of what was read before")
            with claimed(peopled.lake.root):
                pass

    with pytest.raises(StorageError, match=AFTER):
        written()
    assert not copy.exists()
