"""The access logs of web servers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import polars as pl
from pydantic import field_validator

from lake_assets.formats._file_bytes import FileBytes
from lake_assets.formats._foreign import refuse_foreign
from lake_assets.formats._line_format import LineOptions, LineRecords
from lake_assets.formats._options import checked_options
from lake_assets.formats._text_lines import LINE, TextLines
from lake_assets.formats.protocol import ROW, Decoded, FormatOptions
from lake_assets.model import Dataset, LandedFile

__all__ = ["WebLog", "WebLogOptions"]

_QUOTED = r'(?:[^"\\]|\\.)*'
_COMBINED = (
    r"^(?:(?P<virtual_host>\S+:\d+) )?(?P<host>\S+) (?P<identity>\S+) (?P<user>.+?) \[(?P<time>[^\]]+)\] "
    rf'"(?P<request>{_QUOTED})" (?P<status>\d{{3}}|-) (?P<bytes>\d+|-)'
    rf'(?: "(?P<referer>{_QUOTED})" "(?P<agent>{_QUOTED})")?(?: (?P<rest>.*))?$'
)
_REQUEST = r"^(?P<method>[A-Za-z-]+) (?P<path>\S.*?)(?: (?P<protocol>[A-Z]+/[0-9.]+))?$"
_TIME = "%d/%b/%Y:%H:%M:%S %z"
_DASH = "-"


class WebLogOptions(LineOptions):
    """What a line looks like.

    Args:
        pattern: A regular expression whose named groups are the elements, for logs in a layout of their own; empty for
            Apache's common, combined and virtual host layouts and nginx's combined one.
    """

    pattern: str = ""

    @field_validator("pattern")
    @classmethod
    def _has_names(cls, pattern: str) -> str:
        try:
            names = _group_names(pattern) if pattern else ["all"]
        except pl.exceptions.ComputeError as error:
            raise ValueError(f"it is no regular expression: {error}".splitlines()[0]) from error
        if not names or any(name.isdigit() or name == ROW for name in names):
            raise ValueError("every group must have a name, as in (?P<host>\\S+)")
        return pattern


def _group_names(pattern: str) -> list[str]:
    groups = pl.Series([""]).str.extract_groups(pattern)
    return [field.name for field in groups.dtype.fields]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Declared:
    """A layout of its own: each named group is an element, text."""

    pattern: str
    skipped: int = 0

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema(dict.fromkeys(_group_names(self.pattern), pl.String()))

    @property
    def is_record(self) -> pl.Expr:
        return pl.col(LINE).str.contains(r"\S")

    @property
    def reason(self) -> pl.Expr:
        fits = pl.col(LINE).str.contains(self.pattern)
        return pl.when(~fits).then(pl.lit("the line does not match the pattern"))

    @property
    def elements(self) -> list[pl.Expr]:
        groups = pl.col(LINE).str.extract_groups(self.pattern)
        return [groups.struct.field(name) for name in self.schema]


@dataclass(frozen=True)
class _Combined:
    """The layouts that servers come with; a dash says that there is no value."""

    skipped: int = 0

    @property
    def schema(self) -> pl.Schema:
        texts = dict.fromkeys([*_group_names(_COMBINED), *_group_names(_REQUEST)], pl.String())
        typed = {"time": pl.Datetime("us", "UTC"), "status": pl.Int64(), "bytes": pl.Int64()}
        return pl.Schema({**texts, **typed})

    @property
    def is_record(self) -> pl.Expr:
        return pl.col(LINE).str.contains(r"\S")

    @property
    def reason(self) -> pl.Expr:
        groups = pl.col(LINE).str.extract_groups(_COMBINED)
        fits, time = groups.struct.field("host").is_not_null(), _time(groups)
        wrong = pl.when(~fits).then(pl.lit("not a line of a common or combined log"))
        return wrong.when(time.is_null()).then(pl.lit(f"the time is not written as {_TIME}"))

    @property
    def elements(self) -> list[pl.Expr]:
        groups = pl.col(LINE).str.extract_groups(_COMBINED)
        request = groups.struct.field("request").str.extract_groups(_REQUEST)
        texts = [_text(groups, name) for name in _group_names(_COMBINED) if name != "time"]
        numbers = [_text(groups, name).cast(pl.Int64, strict=False) for name in ("status", "bytes")]
        found = {each.meta.output_name(): each for each in [*texts, _time(groups), *numbers]}
        found |= {name: request.struct.field(name) for name in _group_names(_REQUEST)}
        return [found[name].alias(name) for name in self.schema]


def _text(groups: pl.Expr, name: str) -> pl.Expr:
    text = groups.struct.field(name)
    return pl.when(text != _DASH).then(text).alias(name)


def _time(groups: pl.Expr) -> pl.Expr:
    text = groups.struct.field("time")
    return text.str.to_datetime(_TIME, time_unit="us", time_zone="UTC", strict=False).alias("time")


class WebLog:
    """Access logs: host, user, time, request and the rest; a line that is none is a bad record."""

    options: ClassVar[type[FormatOptions]] = WebLogOptions

    def __init__(self, dataset: Dataset) -> None:
        """Check and keep the options."""
        self._options = checked_options(WebLogOptions, dataset)

    def decode(
        self, file: LandedFile, location: str, storage_options: dict[str, str], *, is_careful: bool
    ) -> Decoded:
        """Make a lazy frame of a file; see `Format.decode`. There is but one path, and it is careful.

        Raises:
            DecodeError: When the file is empty, cut short, plainly no text, or nearly all lines are bad.
        """
        del is_careful
        data = FileBytes(file, location, storage_options, self._options.max_ratio)
        refuse_foreign(data, "a web log")
        pattern = _Declared(self._options.pattern) if self._options.pattern else _Combined()
        return LineRecords(data, TextLines(data, self._options.encoding), pattern).decode({})
