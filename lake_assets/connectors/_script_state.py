"""What is remembered with each file that a program wrote."""

from __future__ import annotations

import json
from dataclasses import dataclass

__all__ = ["ScriptState"]

_KIND = "script"


@dataclass(frozen=True)
class ScriptState:
    """A state text of a program, and the file it is remembered with.

    Two runs of a program that went on from the same state write files that follow different ones, so that only
    the files of one of them land.

    Args:
        text: What the program asked to be remembered.
        run: The run that wrote the file.
        file: Which of its files, from 0.
    """

    text: str
    run: str
    file: int

    @classmethod
    def read(cls, remembered: str) -> ScriptState | None:
        """What `dump` wrote; None for anything else.

        >>> ScriptState.read(ScriptState("2024-05-01", "ab12", 3).dump())
        ScriptState(text='2024-05-01', run='ab12', file=3)
        >>> ScriptState.read("") is ScriptState.read('{"offsets": {}}') is None
        True
        """
        try:
            kept = json.loads(remembered)
            return cls(str(kept[_KIND]), str(kept["run"]), int(kept["file"]))
        except (ValueError, KeyError, TypeError):
            return None

    def dump(self) -> str:
        """As it is remembered."""
        return json.dumps({_KIND: self.text, "run": self.run, "file": self.file})
