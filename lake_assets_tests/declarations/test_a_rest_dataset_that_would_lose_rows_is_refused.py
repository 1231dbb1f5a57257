"""How pages are asked for and how rows enter trusted have to fit, which is seen when declarations are loaded."""

import pytest
import yaml

from lake_assets.declarations import load_declarations
from lake_assets.errors import DeclarationError

LINKED = {"paginator": "json_link"}
WINDOW = {"incremental": {"cursor_path": "id", "param": "since"}}


def load(tmp_path, **dataset):
    folder = tmp_path / "defs" / "api"
    folder.mkdir(parents=True)
    datasets = {"items": {"from": "items", "format": "json", **dataset}}
    attributes = {"connector": {"kind": "rest", "base_url": "http://x"}, "datasets": datasets}
    declared = {"type": "lake_assets.Source", "attributes": attributes}
    (folder / "defs.yaml").write_text(yaml.safe_dump(declared))
    return load_declarations([tmp_path / "defs"])


@pytest.mark.parametrize("options", [LINKED, WINDOW, {"paginator": {"type": "offset", "limit": 5}}], ids=str)
@pytest.mark.parametrize("mode", ["replace", "snapshot"])
def test_replace_of_pages_is_refused_with_its_place(tmp_path, options, mode):
    with pytest.raises(
        DeclarationError, match=f"{mode} would keep the rows of the last changed page"
    ) as caught:
        load(tmp_path, key=["id"], write=mode, options=options)
    assert "defs.yaml:" in caught.value.place
    assert "upsert" in caught.value.mend


@pytest.mark.parametrize("options", [{}, {"paginator": "single_page"}], ids=str)
def test_replace_of_one_page_is_taken(tmp_path, options):
    assert load(tmp_path, write="replace", options=options)


@pytest.mark.parametrize("lag", [0, 5])
def test_an_append_that_would_take_records_twice_is_refused(tmp_path, lag):
    options = {"incremental": {**WINDOW["incremental"], "lag": lag}}
    with pytest.raises(DeclarationError, match="taken twice") as caught:
        load(tmp_path, options=options)
    assert "key" in caught.value.mend


def test_an_append_of_what_is_past_the_start_is_taken(tmp_path):
    assert load(tmp_path, options={"incremental": {**WINDOW["incremental"], "range_start": "open"}})


@pytest.mark.parametrize("options", [LINKED, WINDOW], ids=str)
def test_an_upsert_takes_everything(tmp_path, options):
    assert load(tmp_path, key=["id"], options=options)


def test_what_does_not_fit_together_is_refused_too(tmp_path):
    with pytest.raises(DeclarationError, match="no request says where incremental starts"):
        load(tmp_path, key=["id"], options={"incremental": {"cursor_path": "id"}})
