"""Rules are suggested where enough values speak for them; the sample keeps them, and they warn."""

import pytest


@pytest.fixture
def rules(project):
    def inferred(header, rows):
        text = "".join(",".join(map(str, row)) + "\n" for row in [header.split(","), *rows])
        return list(project.dataset("inbox/rows.csv", text).rules)

    return inferred


def test_a_key_is_never_null(rules):
    assert rules("hire_id,x", [(number, "a") for number in range(20)])[0] == {"not_null": ["hire_id"]}


def test_what_is_never_null_in_many_rows(rules):
    found = rules("hire_id,city", [(number, f"city {number % 70}") for number in range(120)])
    assert {"not_null": ["city"], "severity": "warn"} in found


def test_a_range_has_room(rules):
    found = rules("hire_id,price", [(number, number % 97 / 10) for number in range(300)])
    assert {"in_range": {"price": [0, 11]}, "severity": "warn"} in found


def test_few_values_are_a_set(rules):
    found = rules("hire_id,city", [(number, ["Leeds", "York"][number % 2]) for number in range(120)])
    assert {"in_set": {"city": ["Leeds", "York"]}, "severity": "warn"} in found


def test_codes_have_a_shape(rules):
    found = rules("hire_id,plate", [(number, f"AB-{number:03d}") for number in range(200)])
    assert {"matches": {"plate": "^[A-Z]{2}-[0-9]{3}$"}, "severity": "warn"} in found


def test_parts_of_dates_and_degrees_have_the_bounds_of_their_kind(rules):
    found = rules("hire_id,month,lat", [(number, 1 + number % 12, number / 10) for number in range(120)])
    assert {"in_range": {"month": [1, 12]}, "severity": "warn"} in found
    assert {"in_range": {"lat": [-90, 90]}, "severity": "warn"} in found


def test_little_suggests_nothing(rules):
    assert rules("price,city", [(number / 3, f"city {number % 3}") for number in range(9)]) == []


def test_the_sample_keeps_what_is_suggested(project):
    rows = "".join(
        f"{number},{number % 97 / 10},{['Leeds', 'York'][number % 2]},AB-{number:03d}\n"
        for number in range(200)
    )
    draft = project.infer(project.write("inbox/rows.csv", f"hire_id,price,city,plate\n{rows}"))
    project.ingest(draft)
    assert project.lake.table("trusted.rows").row_count == 200
    assert not any(verdict.broken for verdict in project.lake.ingest().reports[-1].verdicts)
