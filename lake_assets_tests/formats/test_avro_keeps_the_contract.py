from lake_assets_tests.formats.contract import WholeFileContract
from lake_assets_tests.formats.tables import avro

SCHEMA = {
    "type": "record",
    "name": "bike",
    "fields": [{"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]}],
}


class TestAvro(WholeFileContract):
    kind = "avro"
    clean = avro(SCHEMA, [{"id": 1, "name": "Anna"}, {"id": 2, "name": None}, {"id": 3, "name": "Ben"}])
    truncated = clean[:-20]
