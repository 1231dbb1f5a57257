"""A cleaning step that does not fit is told when declarations are loaded, with its line, where columns are declared."""

import pytest

COLUMNS = (
    "columns: {name: text, price: {type: float, unit: miles}, seen: datetime, "
    "rider: {type: text, personal: true}}"
)


def _fault(source, step, columns=COLUMNS):
    return source(dataset=f"from: a.csv\n{columns}\nclean:\n  - trim: name\n  - {step}").fault()


@pytest.mark.parametrize(
    ("step", "what", "mend"),
    [
        ("trm: name", "no kind of cleaning step is named 'trm'", "did you mean trim"),
        ("trim: price", "price is Float64, not text", "cast price to text"),
        ("cast: {seen: int}", "which is no int", "cast it to a type"),
        ("time_zone: {name: Europe/Madrid}", "not a datetime", "cast name to datetime"),
        (
            "unit: {price: {from: km, to: m}}",
            "declared in miles, but converted from km",
            "correct one of the two",
        ),
        ("vocabulary: {rider: [Ada]}", "rider is personal", "drop rider"),
        ("null_tokens: {price: [NA]}", "cannot hold all of 'NA'", "values of the column's type"),
        ("just text", "a cleaning step is a mapping", "trim"),
    ],
)
def test_a_step_that_does_not_fit_is_told_with_its_line(source, step, what, mend):
    fault = _fault(source, step)
    assert fault.at.startswith("bikes/defs.yaml:10:")
    assert fault.at.endswith("attribute datasets.hires.clean[1]")
    assert what in fault.what
    assert mend in fault.mend


def test_types_follow_the_steps(source):
    steps = "clean: [{cast: {name: float}}, {unit: {name: {from: km, to: m}}}, {pseudonymise: name}, {trim: name}]"
    (dataset,) = source(dataset=f"from: a.csv\n{COLUMNS}\n{steps}").load().datasets
    assert [step.kind for step in dataset.clean] == ["cast", "unit", "pseudonymise", "trim"]


def test_a_column_that_is_not_declared_may_be_of_any_type(source):
    steps = "clean: [{trim: other}, {unit: {other: {from: km, to: m}}}]"
    (dataset,) = source(dataset=f"from: a.csv\n{steps}").load().datasets
    assert [step.columns for step in dataset.clean] == [("other",), ("other",)]


def test_a_vocabulary_is_made_by_something(source):
    fault = source(dataset="from: a.csv\nclean: [{vocabulary: {city: trusted.cities.name}}]").fault()
    assert "trusted.cities is looked up, but nothing makes it" in fault.what
    assert "vocabulary of city" in fault.at


def test_a_vocabulary_may_be_of_its_own_dataset(source):
    steps = "clean: [{vocabulary: {city: trusted.hires.town}}]"
    assert source(dataset=f"from: a.csv\n{steps}").load().datasets


def test_steps_may_be_given_ready_made():
    from lake_assets.declarations import SourceSpec
    from lake_assets.model import CleaningStep

    step = CleaningStep("trim", {"a": {}})
    attributes = {"connector": "filesystem", "datasets": {"hires": {"from": "a.csv", "clean": [step]}}}
    assert SourceSpec.model_validate(attributes).datasets["hires"].clean == (step,)


@pytest.mark.parametrize(
    ("lines", "what", "mend"),
    [
        ("clean: [{deduplicate: exact}, {trim: a}]", "trim comes after deduplicate", "put deduplicate last"),
        ("key: id\nclean: [{deduplicate: [a]}]", "merged by their key already", "the rule unique: [a]"),
        ("clean: [{deduplicate: {by: [a, b], keep: latest}}]", "only where rows have a key", "key: [a, b]"),
        ("clean: [{deduplicate: {keep: first}}]", "by is missing", "write it like deduplicate"),
        ("clean: [{deduplicate: {by: a, keep: last}}]", "'last' is no keep", "first"),
    ],
)
def test_a_comparison_of_rows_that_means_nothing_is_told(source, lines, what, mend):
    fault = source(dataset=f"from: a.csv\n{lines}").fault()
    assert what in fault.what
    assert mend in fault.mend


@pytest.mark.parametrize("write", ["append", "replace"])
def test_rows_are_compared_where_nothing_else_does_it(source, write):
    (dataset,) = source(dataset=f"from: a.csv\nwrite: {write}\nclean: [{{deduplicate: [a]}}]").load().datasets
    assert dataset.clean[0].options == {"keep": "first"}
