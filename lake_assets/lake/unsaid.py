"""Errors that arise where personal values are read, told without what they say: they may quote one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from traceback import format_tb

from lake_assets.errors import LakeError, QueryError
from lake_assets.model import TableRef

__all__ = ["unsaid"]

_LOG = logging.getLogger(__name__)


@contextmanager
def unsaid(
    ref: TableRef, hidden: Callable[[TableRef], Collection[str]], *, is_code: bool = False
) -> Iterator[None]:
    """Let errors of others out of a step only without their words, where its table is made of personal columns.

    Where they arose is in the log. Our own errors and those of the system hold no such value and are left as they are.

    Args:
        ref: The table that the step makes.
        hidden: Names the personal columns of a table, or before it; asked only when something went wrong.
        is_code: Whether it is made by a function, of which also an error that we tell may quote a value.

    Raises:
        LakeError: In place of an error that may quote a personal value.
    """
    try:
        yield
    except Exception as error:
        is_ours = isinstance(error, LakeError | OSError) and not (
            is_code and isinstance(error, QueryError | OSError)
        )
        if is_ours or not hidden(ref):
            raise
        first = error.__cause__ or error
        kind = type(first).__name__
        _LOG.error("%s failed with %s at\n%s", ref, kind, "".join(format_tb(first.__traceback__)))
        what = f"{kind}; what it says is not told, since it may quote a personal value"
        mend = "see the log for where it arose, and try the code on rows of your own; then run again"
        raise LakeError(what, place=f"table {ref}", mend=mend) from None
