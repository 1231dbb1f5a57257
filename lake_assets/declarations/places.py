"""The ways to attributes, and the places they lead to when only the file is known."""

from __future__ import annotations

from lake_assets.model import Place

__all__ = ["KEY", "Loc", "Places"]

Loc = tuple[str | int, ...]
"""The way to a value through mappings and lists, as pydantic gives it."""

KEY = "[key]"
"""As the last step of a `Loc`: the name of the entry rather than its value."""


class Places:
    """The places of a declaration of which only the file is known.

    Args:
        file: The path to show.

    >>> Places("defs.yaml").text(("datasets", "hires", "rules", 0, "not_null"))
    'defs.yaml, attribute datasets.hires.rules[0].not_null'
    """

    def __init__(self, file: str) -> None:
        """Keep the file."""
        self.file = file

    def place(self, loc: Loc = ()) -> Place:  # noqa: ARG002 - those who know more than the file use it
        """The file, and the line where it is known."""
        return Place(self.file)

    def text(self, loc: Loc = ()) -> str:
        """The place, and the way to the attribute in words."""
        return f"{self.spot(loc)}{self.path(loc)}"

    def spot(self, loc: Loc) -> str:  # noqa: ARG002 - those who know more than the file use it
        """The file, and line and column where they are known."""
        return self.file

    def path(self, loc: Loc) -> str:
        """The way to the attribute in words; empty when it leads nowhere."""
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc if step != KEY]
        return f", attribute {''.join(steps).removeprefix('.')}" if steps else ""
