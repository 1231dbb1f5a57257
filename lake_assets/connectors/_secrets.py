"""Secrets stay out of errors and logs, also out of those of the libraries below."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, quote_plus

__all__ = ["Secrets", "referenced"]

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)")
_SHORTEST = 4  # shorter ones guard nothing, and would garble every text they are part of
_LEFT_IN_URLS = "!#$%&'()*+,/:;=?@[]~"  # by requests
_LOGGERS = ("urllib3.connectionpool", "urllib3.util.retry")


def referenced(*texts: object) -> list[str]:
    """The values of the environment that declared texts refer to as `${NAME}`."""
    names = [name for text in texts for name in _REFERENCE.findall(str(text))]
    return [os.environ[name] for name in names if name in os.environ]


class Secrets:
    """Values that must not be shown; its own repr shows none.

    >>> Secrets(["s3cr&t"]).hide("/items?key=s3cr%26t")
    '/items?key=***'
    """

    def __init__(self, values: Iterable[str]) -> None:
        self._values: set[str] = set()
        self.add(*values)

    def add(self, *values: str) -> None:
        """Hide these values too, from now on."""
        self._values |= {value for value in values if len(value.strip()) >= _SHORTEST}
        written = {form for value in self._values for form in _ways_to_write(value)}
        self._pattern = re.compile(
            "|".join(map(re.escape, sorted(written, key=len, reverse=True))) or r"(?!)"
        )

    def hide(self, text: str) -> str:
        """The text with `***` for every secret."""
        return self._pattern.sub("***", text)

    def hide_in(self, error: BaseException) -> None:
        """Take the secrets out of an error and all that it was raised from, in place."""
        waiting, seen = [error], set[int]()
        while waiting:
            found = waiting.pop()
            if id(found) not in seen:
                seen.add(id(found))
                waiting.extend(_behind(found))
                found.args = tuple(self._hidden(part) for part in found.args)
                vars(found).update({name: self._hidden(value) for name, value in vars(found).items()})

    @contextmanager
    def hidden_in_logs(self) -> Iterator[None]:
        """Take the secrets out of what urllib3 logs, which names whole URLs when it tries again."""
        loggers = [logging.getLogger(name) for name in _LOGGERS]
        for logger in loggers:
            logger.addFilter(self._hide_in_record)
        try:
            yield
        finally:
            for logger in loggers:
                logger.removeFilter(self._hide_in_record)

    def _hide_in_record(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.hide(record.getMessage()), ()
        return True

    def _hidden(self, part: object) -> object:
        return self.hide(part) if isinstance(part, str) else part


def _behind(error: BaseException) -> list[BaseException]:
    parts = (*error.args, *vars(error).values(), error.__cause__, error.__context__)
    return [part for part in parts if isinstance(part, BaseException)]


def _ways_to_write(value: str) -> set[str]:
    plain = value.strip()
    quoted = {quote(plain), quote(plain, safe=""), quote(plain, safe=_LEFT_IN_URLS), quote_plus(plain)}
    return {value, plain, repr(value)[1:-1], *quoted}
