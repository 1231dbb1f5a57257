"""Files of a folder are one dataset where their names differ in numbers only."""

import pytest

from lake_assets.errors import ConnectorError
from lake_assets.inference.grouping import groups_of

_ROWS = "hire_id,price\n" + "".join(f"{number},2.5\n" for number in range(20))


def patterns(*names):
    return {group.pattern for group in groups_of(names)}


def test_numbers_and_days_and_uuids_are_what_differs():
    assert patterns("a-1.csv", "a-22.csv") == {"a-*.csv"}
    assert patterns("2024-05-01T12:00Z.json", "2024-05-02T12:00Z.json") == {"*.json"}
    assert patterns(
        "x-f81d4fae-7dec-11d0-a765-00a0c91e6bf6.csv", "x-f81d4fae-7dec-11d0-a765-00a0c91e6bf7.csv"
    ) == {"x-*.csv"}


def test_folders_count_too():
    assert patterns("year=2023/a.csv", "year=2024/a.csv") == {"year=*/a.csv"}


def test_many_kinds_of_names_are_one_dataset_of_an_ending():
    assert patterns(*(f"{letter}.csv" for letter in "abcdefghijk")) == {"*.csv"}
    assert patterns(*(f"{letter}/x.csv" for letter in "abcdefghijk")) == {"**/*.csv"}


def test_a_glob_that_fits_others_is_not_used():
    assert patterns("a-1.csv", "a-1-b.csv") == {"*.csv"}


def test_endings_are_kept_apart():
    assert patterns("a.csv", "a.json", "a.csv.gz", "README") == {"a.csv", "a.json", "a.csv.gz", "README"}


def test_a_folder_becomes_a_source_of_several_datasets(project, as_declared):
    for name in ("hires-1.csv", "hires-2.csv", "stations.csv", "deep/hires-1.csv"):
        project.write(f"given/{name}", _ROWS.replace("2.5", str(len(name))))
    draft = project.infer("given")
    assert draft.name == "given"
    origins = {each["from"] for each in as_declared(draft)["datasets"].values()}
    assert origins == {"given/deep/hires-*.csv", "given/hires-*.csv", "given/stations.csv"}
    assert set(as_declared(draft)["datasets"]) == {"hires", "hires_2", "stations"}


def test_what_lies_outside_of_the_project_has_its_path(project, tmp_path_factory, as_declared):
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "hires.csv").write_text(_ROWS)
    draft = project.infer(str(folder / "hires.csv"))
    assert as_declared(draft)["connector"] == {"kind": "filesystem", "path": str(folder)}
    assert project.ingest(draft).height == 20


def test_a_glob(project):
    for number in (1, 2):
        project.write(f"given/hires-{number}.csv", _ROWS.replace("2.5", str(number)))
    (dataset,) = project.infer("given/hires-*.csv").datasets
    assert (dataset.name, dataset.files, dataset.rows) == ("hires", 2, 40)


@pytest.mark.parametrize(("what", "said"), [("nowhere", "no file or folder"), ("given/*.xml", "nothing")])
def test_what_is_not_there(what, said, project):
    project.write("given/hires.csv", _ROWS)
    with pytest.raises(ConnectorError, match=said):
        project.infer(what)


def test_an_empty_folder(project):
    (project.folder / "given").mkdir()
    with pytest.raises(ConnectorError, match="holds no file"):
        project.infer("given")
