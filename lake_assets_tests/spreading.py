"""How the heavy tests are spread over processes: one by one, but together those of a file that share what is costly.

pytest-xdist has groups for that, which with pytest 9.2 have no effect.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

__all__ = ["ByWhatIsShared"]

_SHARED = re.compile(r'@pytest\.fixture\(scope="module"(?P<more>[^)]*)\)\ndef (?P<name>\w+)')


class ByWhatIsShared(LoadScopeScheduling):
    """Tests by file where they use a fixture of a module, else each by itself."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if _shares(self.config.rootpath / file) else nodeid


@cache
def _shares(file: Path) -> bool:
    text, beside = file.read_text("utf-8"), file.with_name("conftest.py")
    shared = list(_SHARED.finditer(beside.read_text("utf-8"))) if beside.exists() else []
    is_used = any("autouse" in each["more"] or re.search(rf"\b{each['name']}\b", text) for each in shared)
    return is_used or _SHARED.search(text) is not None
