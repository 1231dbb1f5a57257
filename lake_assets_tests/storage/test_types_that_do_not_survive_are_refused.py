from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import polars as pl
import pytest

from lake_assets.errors import SchemaError
from lake_assets.storage.data_files import write_data_files, write_split
from lake_assets.storage.schema import as_storable, check_storable
from lake_assets_tests.storage.lakes import FLIGHTS, add, data_names, frame

UNSAFE = [
    pl.UInt8(),
    pl.UInt16(),
    pl.UInt32(),
    pl.UInt64(),
    pl.Int128(),
    pl.Float16(),
    pl.Categorical(),
    pl.Enum(["a"]),
    pl.Time(),
    pl.Duration(),
    pl.Null(),
    pl.Object(),
    pl.Array(pl.Int64, 2),
    pl.Datetime("ns"),
    pl.Datetime("ms"),
    pl.Datetime("ms", "UTC"),
    pl.Datetime("us", "Europe/Paris"),
    pl.Struct({}),
    pl.List(pl.UInt8),
    pl.Struct({"n": pl.List(pl.Datetime("ns"))}),
    pl.List(pl.Categorical),
]
MOMENT = datetime(2024, 2, 29, 23, 59, 59, 999_999)  # noqa: DTZ001 - one without a zone, too
SAFE = {
    "truth": pl.Series([True, None]),
    "text": pl.Series(["\u00e9\0\U00020000", ""]),
    "bytes": pl.Series([b"\xff\0", b""]),
    "small": pl.Series([-128, 127], dtype=pl.Int8),
    "wide": pl.Series([-(2**63), 2**63 - 1]),
    "ratio": pl.Series([0.1, float("-inf")]),
    "single": pl.Series([0.1, None], dtype=pl.Float32),
    "price": pl.Series([Decimal("1.25"), None], dtype=pl.Decimal(38, 2)),
    "day": pl.Series([date(1, 1, 1), date(9999, 12, 31)]),
    "at": pl.Series([MOMENT.replace(tzinfo=UTC), None]),
    "seen": pl.Series([MOMENT, None]),
    "tags": pl.Series([["a", None], []]),
    "place": pl.Series([{"x": 1.5, "seen": [MOMENT.replace(tzinfo=UTC)]}, None]),
}


@pytest.mark.parametrize("kind", UNSAFE, ids=str)
def test_by_name(kind):
    with pytest.raises(SchemaError, match="column bad has the type") as caught:
        check_storable(pl.Schema({"good": pl.Int64(), "bad": kind}), FLIGHTS)
    assert caught.value.place == "table trusted.flights, column bad"
    assert caught.value.mend.startswith("cast it")


@pytest.mark.parametrize("write", [write_data_files, lambda *given: write_split(*given, pl.col("n") > 0)])
def test_before_anything_is_written(local_root, write):
    with pytest.raises(SchemaError, match="UInt8"):
        write(local_root, FLIGHTS, frame(n=[1]).cast(pl.UInt8))
    assert data_names(local_root) == []


def test_names_that_differ_in_case_alone():
    with pytest.raises(SchemaError, match="columns n and N differ in case alone"):
        check_storable(pl.Schema({"n": pl.Int64(), "N": pl.Int64()}), FLIGHTS)


@pytest.mark.parametrize("is_new_column", [False, True])
def test_all_others_come_back_unchanged(root, is_new_column):
    rows = pl.DataFrame(SAFE)
    if is_new_column:
        add(root, frame(n=[1]).limit(0))
    for _ in range(2):
        table = add(root, rows.lazy())
    assert table.scan().select(rows.columns).collect().equals(pl.concat([rows, rows]))
    assert {name: table.schema[name] for name in rows.columns} == dict(rows.schema)


class TestAsStorable:
    def cast(self, **columns):
        return as_storable(pl.LazyFrame(columns)).collect()

    def test_plain_columns_take_the_types_of_the_canonical_model(self):
        cast = self.cast(
            n=pl.Series([1], dtype=pl.UInt8),
            wide=pl.Series([2**62], dtype=pl.Int128),
            ratio=pl.Series([0.5], dtype=pl.Float32),
            kind=pl.Series(["a"], dtype=pl.Categorical),
            state=pl.Series(["a"], dtype=pl.Enum(["a"])),
            nothing=pl.Series([None], dtype=pl.Null),
            seen=pl.Series([MOMENT], dtype=pl.Datetime("ms")),
            at=pl.Series([MOMENT]).dt.replace_time_zone("Europe/Paris"),
        )
        moment = datetime(2024, 2, 29, 23, 59, 59, 999_000, tzinfo=UTC)
        at = datetime(2024, 2, 29, 22, 59, 59, 999_999, tzinfo=UTC)
        assert cast.row(0) == (1, 2**62, 0.5, "a", "a", None, moment, at)
        check_storable(cast.schema, FLIGHTS)

    def test_what_is_storable_is_left_alone(self):
        rows = pl.DataFrame({"n": [1], "tags": [["a"]], "day": [date(2024, 1, 1)], "name": ["x"]})
        assert as_storable(rows.lazy()).collect().equals(rows)

    def test_a_number_that_does_not_fit_is_not_changed_in_silence(self):
        with pytest.raises(pl.exceptions.PolarsError):
            self.cast(n=pl.Series([2**64 - 1], dtype=pl.UInt64))

    def test_what_has_no_such_type_is_left_to_be_refused(self):
        cast = self.cast(waited=pl.Series([timedelta(1)]))
        with pytest.raises(SchemaError, match="Duration"):
            check_storable(cast.schema, FLIGHTS)
