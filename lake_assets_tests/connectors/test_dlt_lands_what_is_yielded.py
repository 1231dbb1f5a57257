"""Whatever a resource yields lands whole: records as JSON lines, tables as Parquet."""

import io

import pyarrow.parquet as pq
import pytest

from lake_assets_tests.connectors.dlt_plant import Plant, dataset, records
from lake_assets_tests.connectors.memory import Memory, land

pytestmark = pytest.mark.heavy


@pytest.fixture
def plant(tmp_path):
    return Plant(tmp_path / "plant")


def odd(plant, yielded, kind="json"):
    (plant.folder / "odd.txt").write_text(yielded, encoding="utf-8")
    return land(plant.connector(), dataset("odd", kind), Memory())


def tables(taken):
    return [pq.read_table(io.BytesIO(one.content)) for one in taken]


def test_every_type_that_dlt_writes(plant):
    found = odd(
        plant,
        "[{'at': __import__('datetime').datetime(2024, 5, 1, 12), 'price': __import__('decimal').Decimal('1.10'),"
        " 'raw': b'x', 'nested': {'a': [1, {'b': None}]}, 'text': 'ü\\n'}]",
    )
    assert records(found) == [
        {
            "at": "2024-05-01T12:00:00",
            "price": "1.10",
            "raw": "eA==",
            "nested": {"a": [1, {"b": None}]},
            "text": "ü\n",
        }
    ]


def test_values_that_are_no_records_stand_under_a_name(plant):
    assert records(odd(plant, "[1, 'a', None, [2, 3]]")) == [
        {"value": 1},
        {"value": "a"},
        {"value": 2},
        {"value": 3},
    ]


def test_an_empty_record_is_a_record(plant):
    assert odd(plant, "[{}]")[0].content == b'{"_dlt_load_id":1}\n'


def test_a_load_id_of_its_own_stays(plant):
    assert odd(plant, "[{'_dlt_load_id': 'x'}]")[0].content == b'{"_dlt_load_id":"x"}\n'


def test_a_transformer_is_pulled_with_what_it_stands_on(plant):
    plant.put({"id": 4})
    assert records(plant.pull(Memory(), "doubled")) == [{"id": 4, "twice": 8}]


@pytest.mark.parametrize(
    ("named", "options", "count"),
    [("plant:alone", {}, 3), ("plant:alone", {"arguments": {"count": 5}}, 5), ("plant:only", {}, 2)],
)
def test_a_resource_may_stand_alone(named, options, count, plant):
    taken = land(plant.connector(named, **options), dataset("alone"), Memory())
    assert records(taken) == [{"value": number} for number in range(count)]


def test_dlt_finds_its_configuration_in_the_environment_that_is_declared(plant, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_WORD", "hidden")
    monkeypatch.setenv("LAKE_ROOT", "lake")
    connector = plant.connector(
        "plant:from_environment", environment={"SOURCES__PLANT__FROM_ENVIRONMENT__WORD": "${LAKE_TEST_WORD}"}
    )
    assert records(land(connector, dataset("from_environment"), Memory())) == [
        {"word": "hidden", "seen": ["HOME"]}
    ]


def test_tables_keep_their_types_and_take_columns_that_come_later(plant):
    plant.put({"id": 1, "at": 1}, {"id": 2, "at": 2.5, "city": "Leeds"})
    (found,) = tables(land(plant.connector(), dataset("tables", "parquet"), Memory()))
    assert found.to_pylist() == [
        {"_dlt_load_id": 1, "id": 1, "at": 1.0, "city": None},
        {"_dlt_load_id": 1, "id": 2, "at": 2.5, "city": "Leeds"},
    ]


def test_frames_of_polars_are_tables(plant):
    (found,) = tables(odd(plant, "[__import__('polars').DataFrame({'a': [1, 2]})]", "parquet"))
    assert found.to_pylist() == [{"_dlt_load_id": 1, "a": 1}, {"_dlt_load_id": 1, "a": 2}]


def test_tables_without_rows_are_nothing(plant):
    assert odd(plant, "[pa.table({'a': pa.array([], pa.int64())})]", "parquet") == []


def test_a_load_id_of_a_table_stays(plant):
    (found,) = tables(odd(plant, "[pa.table({'_dlt_load_id': ['x']})]", "parquet"))
    assert found.to_pylist() == [{"_dlt_load_id": "x"}]
