"""The tables that a query reads, and the query under the plain names an engine knows them by."""

from __future__ import annotations

from lake_assets.model import TableRef

__all__ = ["name_inputs"]


def name_inputs(sql: str, file: str = "query") -> tuple[str, dict[str, TableRef]]:
    """Find the tables of a query and give each a plain name; the rest of the text stays as it is written.

    Args:
        sql: One SELECT whose tables are written `zone.table`; names of CTEs stand for themselves.
        file: What to call the query in errors.

    Returns:
        The query over the plain names, and the table that each of them stands for, in the order of the text.

    Raises:
        QueryError: When it is not one SELECT, or a table is not written `zone.table`; with line and column.

    >>> sql, inputs = name_inputs("SELECT carrier, COUNT(*) FROM trusted.flights GROUP BY carrier")
    >>> sql
    'SELECT carrier, COUNT(*) FROM trusted__flights AS flights GROUP BY carrier'
    >>> {name: str(ref) for name, ref in inputs.items()}
    {'trusted__flights': 'trusted.flights'}
    """
    # sqlglot takes 0.4 s to import: only who has SQL pays for it.
    from lake_assets.declarations.sql_names import name_tables  # noqa: PLC0415
    from lake_assets.declarations.sql_query import parse_query  # noqa: PLC0415

    return name_tables(parse_query(sql, file))
