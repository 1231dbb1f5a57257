"""Arrow types to those that the lake keeps: Polars reads them, and Delta tables hold them."""

# pyarrow.compute makes its functions when it is imported, where pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as is_

from lake_assets.formats.apart.nests import lists_of, members_of, structs_of
from lake_assets.formats.apart.texts import as_texts, json_texts, plain_texts, sound_texts, uuid_texts

__all__ = ["canonical_batch", "canonical_schema", "canonical_type", "units_of"]

_DECIMAL_DIGITS = 38
_INSTANT_UNITS = ("s", "ms", "us")


def canonical_schema(schema: pa.Schema) -> pa.Schema:
    """The schema that `canonical_batch` gives; names stay."""
    return pa.schema([pa.field(each.name, canonical_type(each.type, is_nested=False)) for each in schema])


def canonical_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The same rows in types that the lake keeps; no value is lost.

    Args:
        batch: A block of a file.
        schema: What `canonical_schema` makes of its schema.
    """
    columns = [
        _sound(_cast(column, wanted)) for column, wanted in zip(batch.columns, schema.types, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def units_of(schema: pa.Schema) -> dict[str, object]:
    """The unit of each element that was a duration and is a number now."""
    return {each.name: f"duration in {each.type.unit}" for each in schema if is_.is_duration(each.type)}


def canonical_type(kind: pa.DataType, *, is_nested: bool = True) -> pa.DataType:
    """The type that stands for another.

    Integers are int64, fractions double, instants microseconds. What Delta has no type for is text: times of day,
    intervals, bytes, unions, and instants in nanoseconds inside other values. Outside them unsigned integers beyond
    int64 and nanoseconds stay, since the formatted zone keeps what does not fit beside the row.

    >>> canonical_type(pa.list_(pa.uint16()))
    LargeListType(large_list<item: int64>)
    >>> canonical_type(pa.time32("s"))
    DataType(string)
    """
    kind = _bare(kind)
    if is_.is_list(kind) or _is_other_list(kind):
        return pa.large_list(canonical_type(kind.value_type))
    if is_.is_map(kind):
        return pa.large_list(_entry_type(kind))
    if is_.is_struct(kind) and kind.num_fields:
        return pa.struct([pa.field(each.name, canonical_type(each.type)) for each in members_of(kind)])
    return _canonical_plain(kind, is_nested=is_nested)


def _canonical_plain(kind: pa.DataType, *, is_nested: bool) -> pa.DataType:
    if is_.is_uint64(kind):
        return pa.decimal128(20) if is_nested else kind
    if is_.is_integer(kind) or is_.is_duration(kind):
        return pa.int64()
    if is_.is_floating(kind):
        return pa.float64()
    if is_.is_boolean(kind) or is_.is_date(kind):
        return pa.date32() if is_.is_date(kind) else kind
    return _canonical_measured(kind, is_nested=is_nested)


def _canonical_measured(kind: pa.DataType, *, is_nested: bool) -> pa.DataType:
    if is_.is_decimal(kind) and kind.precision <= _DECIMAL_DIGITS and 0 <= kind.scale <= kind.precision:
        return pa.decimal128(kind.precision, kind.scale)
    if is_.is_timestamp(kind) and (kind.unit in _INSTANT_UNITS or not is_nested):
        return pa.timestamp("us" if kind.unit in _INSTANT_UNITS else "ns", kind.tz and "UTC")
    return pa.large_string() if is_.is_large_string(kind) or is_.is_large_binary(kind) else pa.string()


def _bare(kind: pa.DataType) -> pa.DataType:
    """The type of the values themselves, whatever way they are encoded or meant."""
    while True:
        if is_.is_dictionary(kind) or is_.is_run_end_encoded(kind):
            kind = kind.value_type
        elif isinstance(kind, pa.BaseExtensionType):
            kind = pa.bool_() if kind.extension_name == "arrow.bool8" else kind.storage_type
        else:
            return kind


def _is_other_list(kind: pa.DataType) -> bool:
    tests: list[Callable[[pa.DataType], bool]] = [
        is_.is_large_list,
        is_.is_fixed_size_list,
        is_.is_list_view,
        is_.is_large_list_view,
    ]
    return any(test(kind) for test in tests)


def _entry_type(kind: pa.DataType) -> pa.DataType:
    key, value = canonical_type(kind.key_type), canonical_type(kind.item_type)
    return pa.struct([pa.field("key", key), pa.field("value", value)])


def _cast(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    if isinstance(values, pa.ExtensionArray):
        is_uuid = values.type.extension_name == "arrow.uuid"
        return uuid_texts(values.storage) if is_uuid else _cast(values.storage, wanted)
    if is_.is_dictionary(values.type):
        return _cast(values.dictionary_decode(), wanted)
    if is_.is_run_end_encoded(values.type):
        return _cast(pc.run_end_decode(values), wanted)
    return values if values.type == wanted else _cast_bare(values, wanted)


def _cast_bare(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    if is_.is_large_list(wanted):
        return _cast_lists(values, wanted)
    return _cast_structs(values, wanted) if is_.is_struct(wanted) else _cast_plain(values, wanted)


def _cast_lists(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Lists of whatever kind; a map is a list of entries."""
    if is_.is_map(values.type):
        kind = values.type
        values = values.cast(
            pa.list_(pa.struct([pa.field("key", kind.key_type), pa.field("value", kind.item_type)]))
        )
    return lists_of(values, _cast(values.flatten(), wanted.value_type), wanted)


def _cast_structs(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    pairs = zip(values.flatten(), members_of(wanted), strict=True)
    return structs_of(values, [_cast(child, member.type) for child, member in pairs], wanted)


def _cast_plain(values: pa.Array, wanted: pa.DataType) -> pa.Array:
    kind = values.type
    if not is_.is_string(wanted) and not is_.is_large_string(wanted):
        return values.cast(wanted)
    if is_.is_union(kind) or is_.is_struct(kind) or is_.is_interval(kind):
        return json_texts(values, wanted)
    return as_texts(values, wanted) if _is_bytes(kind) else plain_texts(values, wanted)


def _is_bytes(kind: pa.DataType) -> bool:
    tests: list[Callable[[pa.DataType], bool]] = [
        is_.is_binary,
        is_.is_large_binary,
        is_.is_fixed_size_binary,
        is_.is_binary_view,
    ]
    return any(test(kind) for test in tests)


def _sound(values: pa.Array) -> pa.Array:
    """Values whose texts are texts indeed; a reader takes the file's word for it."""
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        values = sound_texts(values)
        values.validate(full=True)
    return values
