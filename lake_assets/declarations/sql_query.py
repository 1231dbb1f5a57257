"""A query as written and as parsed, with places for errors."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from lake_assets.errors import QueryError

__all__ = ["Query", "parse_query"]

# Of sqlglot's dialects the one that accepts all that Polars runs: QUALIFY, EXCLUDE, SEMI JOIN, `//`.
_DIALECT = "duckdb"

_LEXEMES = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/|(?P<open>['"]|/\*)""", re.DOTALL)
_TOKEN = re.compile(r"<Token .*?>")


@dataclass(frozen=True)
class Query:
    """One SELECT.

    Args:
        text: As written.
        file: What to call it in errors.
        tree: As parsed.
    """

    text: str
    file: str
    tree: exp.Query

    def error_at(self, offset: int, what: str, mend: str = "") -> QueryError:
        """An error at an offset of the text."""
        return _error_at(self.text, self.file, offset, what, mend)


def parse_query(text: str, file: str) -> Query:
    """Parse one SELECT.

    Raises:
        QueryError: When it is not valid, or not one SELECT; with line and column.
    """
    try:
        parsed = sqlglot.parse(text, dialect=_DIALECT)
    except ParseError as error:
        raise _syntax_error(error, text, file) from error
    except TokenError as error:
        raise _unended(text, file) from error
    statements = [tree for tree in parsed if tree is not None and not isinstance(tree, exp.Semicolon)]
    if len(statements) == 1 and isinstance(statements[0], exp.Query):
        return Query(text, file, statements[0])
    kinds = " and ".join(tree.key.upper() for tree in statements) or "nothing"
    start = len(text) - len(text.lstrip())
    raise _error_at(text, file, start, f"expected one SELECT, found {kinds}", "write one SELECT")


def _syntax_error(error: ParseError, text: str, file: str) -> QueryError:
    first = error.errors[0]
    lit = str(first["highlight"])
    said = _TOKEN.sub(repr(lit), str(first["description"]))
    line, last_column = int(first["line"]), int(first["col"])
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return _error_at(
        text, file, starts[line - 1] + last_column - len(lit), f"not valid SQL near {lit!r}: {said}", ""
    )


def _unended(text: str, file: str) -> QueryError:
    """The tokenizer does not say where it lost its way; it does so on what is opened and never closed."""
    opened = next((match for match in _LEXEMES.finditer(text) if match["open"]), None)
    offset = opened.start() if opened else len(text.rstrip())
    opener = opened["open"] if opened else "something"
    return _error_at(text, file, offset, f"not valid SQL: {opener} is opened and never closed", "close it")


def _error_at(text: str, file: str, offset: int, what: str, mend: str) -> QueryError:
    before = text[: max(offset, 0)]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return QueryError(what, place=f"{file}:{line}:{column}", mend=mend)
