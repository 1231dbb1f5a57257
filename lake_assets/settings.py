"""Where the lake is and how it runs, read from the environment once, at the edge."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from lake_assets.errors import SettingsError

__all__ = ["Settings", "expand"]

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")

_S3_OPTIONS = {
    "LAKE_S3_ENDPOINT": "aws_endpoint_url",
    "LAKE_S3_REGION": "aws_region",
    "LAKE_S3_KEY_ID": "aws_access_key_id",
    "LAKE_S3_SECRET": "aws_secret_access_key",
    "LAKE_S3_TOKEN": "aws_session_token",
}


@dataclass(frozen=True)
class Settings:
    """Settings of one lake.

    Args:
        root: The lake root: an absolute folder, or an `s3://bucket/prefix` URI.
        defs: Folders that hold declarations.
        project: The folder that relative paths in declarations start from.
        s3_options: Access to an S3 root, in object_store's names; never shown.
        openlineage: Where run events go: `file`, a path, or the URL of an endpoint; empty for nowhere.
        openlineage_key_env: The name of the environment variable that holds the key for that endpoint.
    """

    root: str
    defs: tuple[Path, ...]
    project: Path
    s3_options: dict[str, str] = field(default_factory=dict, repr=False)
    openlineage: str = ""
    openlineage_key_env: str = ""

    @classmethod
    def from_environment(cls, root: str | None = None, defs: str | None = None) -> Settings:
        """Read `LAKE_ROOT`, `LAKE_DEFS`, `LAKE_PROJECT`, `LAKE_S3_*` and `LAKE_OPENLINEAGE*`; arguments win over them.

        Args:
            root: A folder or `s3://` URI; the default is `lake` in the working directory.
            defs: Folders joined by the path separator of the system; the default is the demo lake's.
        """
        chosen = root or os.environ.get("LAKE_ROOT") or "lake"
        folders = defs or os.environ.get("LAKE_DEFS") or str(Path(__file__).parent / "defs")
        return cls(
            root=chosen.rstrip("/") if "://" in chosen else str(Path(chosen).expanduser().absolute()),
            defs=tuple(Path(folder).absolute() for folder in folders.split(os.pathsep)),
            project=Path(os.environ.get("LAKE_PROJECT") or ".").absolute(),
            s3_options=_s3_options(),
            openlineage=os.environ.get("LAKE_OPENLINEAGE", ""),
            openlineage_key_env=os.environ.get("LAKE_OPENLINEAGE_KEY_ENV", ""),
        )


def _s3_options() -> dict[str, str]:
    options = {ours: os.environ[name] for name, ours in _S3_OPTIONS.items() if os.environ.get(name)}
    if options.get("aws_endpoint_url", "").startswith("http://"):
        options["aws_allow_http"] = "true"
    return options


def expand(text: str, *, place: str = "") -> str:
    """Replace `${NAME}` and `${NAME:-default}` by the environment, at the moment of use.

    Args:
        text: A declared value.
        place: Where it is declared, for the error.

    Raises:
        SettingsError: When a variable without a default is not set.

    >>> expand("${LAKE_NO_SUCH_NAME:-inbox}/flights")
    'inbox/flights'
    """

    def value(match: re.Match[str]) -> str:
        name, default = match.group(1), match.group(2)
        found = os.environ.get(name, default)
        if found is None:
            raise SettingsError(
                f"the environment variable {name} is not set", place=place, mend=f"set {name}"
            )
        return found

    return _REFERENCE.sub(value, text)
