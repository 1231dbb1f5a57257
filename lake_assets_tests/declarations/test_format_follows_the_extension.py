import pytest

from lake_assets.declarations.format_of import format_of


@pytest.mark.parametrize(
    ("origin", "kind"),
    [
        ("inbox/*.csv", "csv"),
        ("inbox/*.CSV", "csv"),
        ("inbox/a.csv.gz", "csv"),
        ("inbox/a.tsv", "csv"),
        ("inbox/????.jsonl", "json"),
        ("https://host/v1/a.json?key=b.csv", "json"),
        ("/v1/flights.ndjson?page=1", "json"),
        ("a.parquet", "parquet"),
        ("a.feather", "arrow"),
        ("a.XLSX", "excel"),
        ("a.ods", "ods"),
        ("a.htm", "html"),
        ("a.xml.bz2", "xml"),
        ("a.json.tar.gz", "json"),
        ("a.csv.zip", "csv"),
        ("a.zip", "csv"),
        ("access.log.1.gz", "csv"),
        ("access.log", "lines"),
        ("photos/*.jpg", "blob"),
        ("inbox/*", "csv"),
        ("flights", "csv"),
        ("v1.2/flights", "csv"),
        ("inbox/a.unheard_of", "csv"),
        ("", "csv"),
    ],
)
def test_format_follows_the_extension(origin, kind):
    assert format_of(origin) == kind


def test_a_declared_format_wins(source):
    (made,) = source(dataset="from: a.parquet\nformat: csv").load().sources
    assert (made.datasets[0].format, made.datasets[0].format_options) == ("csv", {})
