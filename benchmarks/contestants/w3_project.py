"""The product as a contestant of W3: the declaration of its source, in the folder that becomes its lake.

Usage: w3_project, in a folder where `server.json` says whom to ask.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from benchmarks.contestants.w3_server import CLIENT, url_here

_AUTH = {
    "type": "oauth2_client_credentials",
    "client_id": CLIENT,
    "client_secret": "${W3_SECRET}",
}
_OPTIONS = {
    "data_selector": "records",
    "paginator": {"type": "cursor", "cursor_path": "next", "cursor_param": "after"},
    "incremental": {"cursor_path": "id", "param": "since", "row_order": "asc", "range_start": "open"},
}
_COLUMNS = {
    "id": "int",
    "at": "datetime",
    "station": "text",
    "kind": "text",
    "amount": "float",
    "is_valid": "bool",
    "note": "text",
}


def declaration(url: str) -> dict[str, object]:
    """The source of W3 at an address."""
    connector = {"kind": "rest", "base_url": url, "auth": {**_AUTH, "access_token_url": f"{url}/token"}}
    readings = {
        "from": "readings",
        "format": {"kind": "json", "records": "records"},
        "key": ["id"],
        "options": _OPTIONS,
        "columns": _COLUMNS,
    }
    return {
        "type": "lake_assets.Source",
        "attributes": {"connector": connector, "datasets": {"readings": readings}},
    }


if __name__ == "__main__":
    folder = Path("defs", "plant")
    folder.mkdir(parents=True)
    (folder / "defs.yaml").write_text(yaml.safe_dump(declaration(url_here()), sort_keys=False))
