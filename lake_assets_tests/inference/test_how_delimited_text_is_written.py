"""Separator, quote, header and null tokens are found out, and what is declared reads the file whole."""

import pytest

_ROWS = [(number, number / 4, f"2024-05-{1 + number % 28:02d}") for number in range(60)]


def _text(separator=",", header=("hire_id", "price", "day"), quote=""):
    lines = [separator.join(header)] if header else []
    lines += [separator.join(f"{quote}{value}{quote}" for value in row) for row in _ROWS]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator(separator, project, as_declared):
    draft = project.infer(project.write("inbox/hires.csv", _text(separator)))
    declared = as_declared(draft)["datasets"]["hires"]
    expected = "csv" if separator == "," else {"kind": "csv", "separator": separator}
    assert declared["format"] == expected
    assert {name: column["type"] for name, column in declared["columns"].items()} == {
        "hire_id": "int",
        "price": "float",
        "day": "date",
    }
    assert project.ingest(draft).height == 60


def test_single_quotes(project, as_declared):
    draft = project.infer(project.write("inbox/hires.csv", _text(quote="'")))
    assert as_declared(draft)["datasets"]["hires"]["format"] == {"kind": "csv", "quote": "'"}
    assert project.ingest(draft)["hire_id"].to_list() == list(range(60))


def test_no_header(project, as_declared):
    draft = project.infer(project.write("inbox/hires.csv", _text(header=None)))
    declared = as_declared(draft)["datasets"]["hires"]["format"]
    assert declared == {"kind": "csv", "header": False, "columns": ["column_1", "column_2", "column_3"]}
    assert project.ingest(draft).height == 60


def test_years_are_names_of_columns(project, as_declared):
    lines = "".join(f"Leeds {number},{number * 10},{number * 11}\n" for number in range(30))
    draft = project.infer(project.write("inbox/sales.csv", f"city,2023,2024\n{lines}"))
    assert as_declared(draft)["datasets"]["sales"]["format"] == "csv"


def test_texts_that_mean_null(project, as_declared):
    lines = "".join(f"{number},{'NA' if number % 7 == 0 else number}\n" for number in range(50))
    draft = project.infer(project.write("inbox/delays.csv", f"id,delay\n{lines}"))
    declared = as_declared(draft)["datasets"]["delays"]
    assert declared["null_tokens"] == ["NA"]
    assert declared["columns"]["delay"]["type"] == "int"
    assert project.ingest(draft)["delay"].null_count() == 8


def test_packed_and_in_another_encoding(project):
    import gzip

    text = _text(";").replace("hire_id", "número").encode("latin-1")
    draft = project.infer(project.write("inbox/hires.csv.gz", gzip.compress(text)))
    assert project.ingest(draft).height == 60


def test_one_element_a_line(project):
    text = "".join(f"word{number}\n" for number in range(50))
    (dataset,) = project.infer(project.write("inbox/words.txt", text)).datasets
    assert len(dataset.columns) == 1
