"""What is declared of a folder that others write to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator, model_validator

from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["FilesystemOptions", "Marked", "Moved", "Stable"]


class Stable(ConnectorOptions):
    """A file is complete when it has not changed for so long."""

    stable_s: float = Field(ge=0)


class Marked(ConnectorOptions):
    """A file is complete when another one is there that says so.

    Args:
        done_marker: Its name, in the same folder: `*` stands for the name of the file, with or without its ending; a
            name without `*` says it of all files of the folder.
    """

    done_marker: str

    @field_validator("done_marker")
    @classmethod
    def _is_one_name(cls, marker: str) -> str:
        if "/" in marker or marker.count("*") > 1 or marker.strip() in {"", "*", ".", ".."}:
            raise ValueError("it is a name such as *.done or _SUCCESS")
        return marker


class Moved(ConnectorOptions):
    """What has landed is moved.

    Args:
        move: Into this folder, from the project folder; it keeps its path below the glob.
    """

    move: str = Field(min_length=1)


class FilesystemOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        path: The base folder, from the project folder (`LAKE_PROJECT`); `${NAME}` is filled in.
        settle: How a complete file is known: it came by `rename`, a done-marker is there, or it has been stable.
        settle_s: The same as `settle: {stable_s: ...}`: a file changed less than this many seconds ago is left for
            the next look.
        after: What becomes of a file once its bytes are recorded in the lake.
    """

    path: str = ""
    settle: Literal["rename"] | Stable | Marked = "rename"
    settle_s: float = Field(default=0, ge=0)
    after: Literal["keep", "delete"] | Moved = "keep"

    @model_validator(mode="after")
    def _settle_one_way(self) -> FilesystemOptions:
        if self.settle_s and "settle" in self.model_fields_set:
            raise ValueError("settle and settle_s say the same: declare one of them")
        return self

    @property
    def stable_s(self) -> float:
        """For how long a file must not have changed."""
        return self.settle.stable_s if isinstance(self.settle, Stable) else self.settle_s

    @property
    def done_marker(self) -> str:
        """The name of what says that a file is complete; empty where nothing does."""
        return self.settle.done_marker if isinstance(self.settle, Marked) else ""
