import pytest


@pytest.mark.parametrize(("every", "seconds"), [("15s", 15), ("5m", 300), ("1h", 3600), ("2d", 172_800)])
def test_every_is_kept_in_seconds(source, every, seconds):
    (made,) = source(f"connector: filesystem\nevery: {every}").load().sources
    assert made.every_s == seconds


def test_without_every_the_source_waits_for_a_request(source):
    assert source().load().sources[0].every_s == 0


def test_descriptions_reach_the_model(source):
    declared = source(
        "connector: filesystem\ndescription: Bikes.\nlicence: ODbL\nowner: team:ops",
        "from: a.csv\ndescription: Hires.\ngrain: one hire\ntags: [city, bike]",
    ).load()
    (made,) = declared.sources
    (hires,) = made.datasets
    assert (made.description, made.licence, made.owner) == ("Bikes.", "ODbL", "team:ops")
    assert (hires.description, hires.grain, hires.tags) == ("Hires.", "one hire", ("city", "bike"))


def test_the_licence_of_a_dataset_is_kept_as_a_tag(source):
    (made,) = source(dataset="from: a.csv\nlicence: ODbL\ntags: city").load().sources
    assert made.datasets[0].tags == ("city", "licence:ODbL")


def test_dates_stay_text(source):
    (made,) = source(dataset="from: a.csv\nrules: [in_range: {day: [2024-01-01, 2024-12-31]}]").load().sources
    assert set(made.datasets[0].rules[0].parameters.values()) >= {"2024-01-01", "2024-12-31"}


def test_a_name_that_yaml_reads_as_false_is_told(source):
    fault = source(dataset="from: a.csv\ncolumns:\n  no: int").fault()
    assert fault.at.startswith("bikes/defs.yaml:8:9")
    assert "found false" in fault.what
    assert "in quotes" in fault.mend
