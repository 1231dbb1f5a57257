"""How delimited text is written, as its format finds it out, so that it can be declared."""

from __future__ import annotations

from dataclasses import replace

from lake_assets.inference.reading import Reading, try_to_read
from lake_assets.inference.sample import Sample
from lake_assets.inference.target import Target
from lake_assets.model import Options

__all__ = ["read_delimited"]

_USUAL = {"separator": ",", "quote": '"', "escape": "", "blanks": "kept", "header": 1}


def read_delimited(target: Target, sample: Sample) -> Reading | None:
    """Read a file as delimited text.

    Args:
        target: Where it is from.
        sample: Its beginning.

    Returns:
        None when it is no text; one element where no separator divides its lines into records. The options are those
        that differ from the usual ones; how many lines stand around the table may differ from file to file, so
        that is left to be found out.
    """
    found = try_to_read(target, sample, "csv")
    return replace(found, options=_options(found)) if found else None


def _options(found: Reading) -> Options:
    told = {name: found.decision.get(name, usual) for name, usual in _USUAL.items()}
    options: Options = {name: value for name, value in told.items() if value != _USUAL[name]}
    if told["header"]:
        return options
    return {**options, "header": False, "columns": list(found.frame.columns)}
