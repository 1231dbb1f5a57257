from lake_assets_tests.formats.contract import FormatContract


class TestJsonDocument(FormatContract):
    kind = "json"
    clean = b'[{"id": 1, "name": "Anna"}, {"id": 2}, {"id": 3, "name": null}]'
    dirty = b'[{"id": 1}, {"id": 2}, "three", {"id": 4}]'
    truncated = clean[:-1]


class TestJsonLines(FormatContract):
    kind = "json"
    clean = b'{"id": 1, "name": "Anna"}\n{"id": 2}\n{"id": 3, "name": null}\n'
    dirty = b'{"id": 1}\n{"id": 2}\n{"id": \n{"id": 4}\n'
    truncated = b'{"id": 1, "na'
