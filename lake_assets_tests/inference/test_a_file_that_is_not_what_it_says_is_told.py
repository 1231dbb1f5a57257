"""A damaged or empty file is told as such, not drafted as something else; beside others it is left out and told."""

import pytest

from lake_assets.errors import DecodeError
from lake_assets.inference import yaml_text

_ROWS = "hire_id,price\n" + "".join(f"{number},2.5\n" for number in range(20))


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("cut.json", '{"a": [1, 2', "JSON"),
        ("none.json", "[]", "no record"),
        ("null.json", "null", ""),
        ("scalars.jsonl", "{\n1\n2\n", ""),
        ("broken.parquet", b"PAR1 is not enough PAR1", ""),
        ("random.parquet", b"\x00\x01\xfe\xff" * 40, ""),
        ("cut.xml", "<?xml version='1.0'?><rows><row><a>1</a></row><row>", ""),
        ("empty.csv", "", "empty"),
    ],
)
def test_it_is_refused_with_its_reason(project, name, content, what):
    project.write(name, content)
    with pytest.raises(DecodeError, match=what or ".") as refused:
        project.infer(name)
    assert name in refused.value.place
    assert refused.value.mend


def test_text_that_is_called_a_workbook_is_still_read(project, as_declared):
    project.write("hires.xls", _ROWS.replace(",", "\t"))
    (dataset,) = as_declared(project.infer("hires.xls"))["datasets"].values()
    assert dataset["format"] == {"kind": "csv", "separator": "\t"}


def test_the_others_of_a_folder_are_drafted(project, as_declared):
    for name, content in (
        ("hires.csv", _ROWS),
        ("empty.csv", ""),
        ("cut.json", '{"a": [1'),
        ("x.csv", _ROWS + "20,1\n"),
    ):
        project.write(f"given/{name}", content)
    draft = project.infer("given")
    assert set(as_declared(draft)["datasets"]) == {"hires", "x"}
    assert [note.partition(" is left out: ")[0] for note in draft.notes] == [
        "given/cut.json",
        "given/empty.csv",
    ]
    assert "# given/empty.csv is left out: the file is empty" in yaml_text(draft)
    assert project.ingest(draft).height == 20


def test_a_folder_of_nothing_else_is_refused(project):
    project.write("given/a.csv", "")
    project.write("given/b.json", "[")
    with pytest.raises(DecodeError):
        project.infer("given")


def test_of_files_that_belong_together_the_first_that_can_be_read_decides(project, as_declared):
    for number, content in enumerate(["", _ROWS, _ROWS + "20,1\n"]):
        project.write(f"given/hires-{number}.csv", content)
    draft = project.infer("given")
    (dataset,) = as_declared(draft)["datasets"].values()
    assert dataset["columns"]["price"]["type"] == "float"
    assert draft.datasets[0].files == 2
