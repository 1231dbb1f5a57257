import json

from lake_assets_tests.formats.contract import FormatContract


def landed(*values):
    """What the connector lands of some values."""
    head = {"kafka": 1, "topic": "flights", "partition": 0, "messages": len(values), "schemas": {}}
    lines = [
        {"partition": 0, "offset": number, "timestamp": 0, "key": None, "headers": [], "value": value}
        for number, value in enumerate(values)
    ]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in [head, *lines]).encode()


class TestKafka(FormatContract):
    kind = "kafka"
    clean = landed('{"id": 1, "name": "Anna"}', '{"id": 2}', '{"id": 3, "name": null}')
    dirty = landed('{"id": 1}', '{"id": 2}', '{"id": ', '{"id": 4}')
    truncated = clean[:-1]
