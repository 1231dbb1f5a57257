"""Nested Arrow values, taken apart and put together again."""

# pyarrow.compute makes its functions when it is imported, where pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["lists_of", "members_of", "structs_of"]


def members_of(kind: pa.DataType) -> list[pa.Field]:
    """The fields of a struct type."""
    return [kind.field(index) for index in range(kind.num_fields)]


def lists_of(values: pa.Array, inner: pa.Array, kind: pa.DataType) -> pa.Array:
    """Lists as long as others, null where those are.

    Args:
        values: Lists of whatever kind, of whatever part of an array.
        inner: What `values.flatten()` became.
        kind: A large list type of its type.
    """
    lengths = pc.fill_null(pc.list_value_length(values), 0).cast(pa.int64())
    ends = pc.cumulative_sum(lengths) if len(lengths) else lengths
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends])
    return pa.LargeListArray.from_arrays(offsets, inner, type=kind, mask=_mask(values))


def structs_of(values: pa.Array, members: Sequence[pa.Array], kind: pa.DataType) -> pa.Array:
    """Structs of other members, null where the structs were.

    Args:
        values: Structs.
        members: What `values.flatten()` became.
        kind: A struct type of their types.
    """
    return pa.StructArray.from_arrays(members, fields=members_of(kind), mask=_mask(values))


def _mask(values: pa.Array) -> pa.Array | None:
    return values.is_null() if values.null_count else None
