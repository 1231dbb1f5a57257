"""Files and pages behind a URL."""

from __future__ import annotations

import re
from posixpath import basename, dirname
from urllib.parse import parse_qsl, unquote, urlsplit

from lake_assets.declarations import snake_case
from lake_assets.errors import ConnectorError
from lake_assets.inference.target import Target
from lake_assets.model import Options

__all__ = ["page_target", "web_target"]

_SECRET = re.compile(
    r"(?:^|[_.-])(?:key|token|secret|password|passwd|pwd|sig|signature|auth|credential)$|apikey$|token$|^x-amz-",
    re.IGNORECASE,
)
_PATIENCE: Options = {"timeout_s": 20, "retries": 1}


def web_target(url: str) -> Target:
    """A file behind a URL.

    Raises:
        ConnectorError: When the URL has no host, or a secret is written in it; what it says does not show it.
    """
    parts = urlsplit(url)
    place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if not parts.netloc:
        raise ConnectorError("the URL names no host", place=place, mend="write https://host/path")
    written = ["user and password"] if "@" in parts.netloc else []
    written += [name for name, value in _query(url) if _SECRET.search(name) and "${" not in value]
    if written:
        mend = "write ${NAME} in its place, in single quotes for the shell, and set NAME in the environment"
        raise ConnectorError(f"the URL holds a secret: {', '.join(written)}", place=place, mend=mend)
    path = parts.path.removeprefix("/") or "/"
    origin = path + (f"?{parts.query}" if parts.query else "")
    base = f"{parts.scheme}://{parts.netloc}"
    return Target(_name(parts.path, parts.netloc), "http", origin, {"base_url": base}, patience=_PATIENCE)


def page_target(target: Target) -> Target:
    """The same address as the first page of an API; how pages follow each other is to be found out.

    Args:
        target: A file behind a URL.
    """
    path = target.origin.partition("?")[0].rstrip("/")
    base = f"{target.connector_options['base_url']}/{dirname(path)}".rstrip("/")
    params: dict[str, object] = {}
    for name, value in _query(target.origin):
        params[name] = _listed(params[name], value) if name in params else _scalar(value)
    options: Options = {**({"params": params} if params else {}), "paginator": {"type": "auto"}}
    return Target(target.name, "rest", basename(path) or "/", {"base_url": base}, options, patience=_PATIENCE)


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(url.partition("?")[2].partition("#")[0], keep_blank_values=True)


def _listed(so_far: object, value: str) -> list[object]:
    return [*(so_far if isinstance(so_far, list) else [so_far]), _scalar(value)]


def _scalar(value: str) -> object:
    """A number where it is written like one."""
    return int(value) if re.fullmatch("0|[1-9][0-9]{0,8}", value) else value


def _name(path: str, host: str) -> str:
    """What the last word of the path says, or the host.

    >>> _name("/v1/bike-hires.csv.gz", "x.org"), _name("/", "data.x.org:80")
    ('bike_hires', 'data_x_org')
    """
    words = [unquote(part) for part in path.split("/") if part]
    return snake_case(words[-1].partition(".")[0] if words else host.partition(":")[0])
