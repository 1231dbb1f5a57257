"""Whoever parsed the attributes already, as Dagster does, is told as much as is known of the place."""

import pytest
from pydantic import ValidationError

from lake_assets.declarations import (
    SourceSpec,
    SourcesSpec,
    attributes_error,
    load_transformations,
    sources_of,
    to_source,
)
from lake_assets.errors import DeclarationError
from lake_assets.model import Place, Rule

ATTRIBUTES = {"connector": "filesystem", "datasets": {"hires": {"from": "a.csv"}}}


def test_attributes_are_told_with_their_file():
    wrong = {**ATTRIBUTES, "onwer": "team:ops"}
    with pytest.raises(ValidationError) as caught:
        SourceSpec.model_validate(wrong)
    error = attributes_error(caught.value, SourceSpec, "bikes/defs.yaml")
    assert error.place == "bikes/defs.yaml, attribute onwer"
    assert "did you mean owner?" in error.mend


def test_pydantic_alone_tells_the_near_names_of_options():
    wrong = {**ATTRIBUTES, "connector": {"kind": "filesystem", "pth": "a"}}
    with pytest.raises(ValidationError, match="unknown attribute 'pth'; did you mean path"):
        SourceSpec.model_validate(wrong)


def test_a_source_is_made_of_attributes():
    place = Place("bikes/defs.yaml", 1)
    made = to_source(SourceSpec.model_validate(ATTRIBUTES), "bikes", place)
    assert (made.name, made.place, made.datasets[0].place) == ("bikes", place, place)


def test_many_sources_are_made_of_attributes(tmp_path):
    (tmp_path / "cars.yaml").write_text("connector: filesystem\ndatasets: {trips: {from: b.csv}}\n")
    spec = SourcesSpec.model_validate({"sources": {"bikes": ATTRIBUTES}, "files": "*.yaml"})
    assert [made.name for made in sources_of(spec, tmp_path, "defs.yaml")] == ["bikes", "cars"]


def test_a_glob_that_fits_nothing_is_told_with_its_file(tmp_path):
    spec = SourcesSpec.model_validate({"files": "*.yml"})
    with pytest.raises(DeclarationError) as caught:
        sources_of(spec, tmp_path, "defs.yaml")
    assert caught.value.place == "defs.yaml, attribute files[0]"


def test_a_checked_specification_is_taken_as_it_is():
    spec = SourceSpec.model_validate(ATTRIBUTES)
    assert SourceSpec.model_validate(spec) is spec
    assert SourcesSpec.model_validate({"sources": {"bikes": spec}}).sources["bikes"] == spec


def test_rules_may_be_given_ready_made():
    rule = Rule("a_not_null", "not_null", ("a",))
    spec = SourceSpec.model_validate(
        {**ATTRIBUTES, "datasets": {"hires": {"from": "a.csv", "rules": [rule]}}}
    )
    assert spec.datasets["hires"].rules == (rule,)


def test_a_folder_of_transformations_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DeclarationError, match="no such folder of transformations"):
        load_transformations(tmp_path / "nowhere")


def test_the_schema_holds_both_forms_of_a_connector():
    schema = SourceSpec.model_json_schema()
    forms = [form.get("type", form.get("$ref")) for form in schema["properties"]["connector"]["anyOf"]]
    assert forms == ["string", "#/$defs/Choice"]
    assert schema["additionalProperties"] is False
    assert "from" in schema["$defs"]["DatasetSpec"]["properties"]
