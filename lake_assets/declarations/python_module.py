"""A Python file of declarations: imported under a name of its own."""

from __future__ import annotations

import hashlib
import linecache
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from traceback import extract_tb
from types import CodeType, ModuleType

from lake_assets.errors import DeclarationError

__all__ = ["import_file"]


class _Fresh(SourceFileLoader):
    """Reads the text itself: neither finds nor leaves compiled files beside the declarations."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def import_file(path: Path) -> ModuleType:
    """Import a file anew, under a name that no other file has.

    Raises:
        DeclarationError: When it cannot be compiled or run, with the line.
    """
    digest = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
    name = f"lake_declared_{path.stem}_{digest}"
    loader = _Fresh(name, str(path))
    module = module_from_spec(ModuleSpec(name, loader, origin=str(path)))
    module.__file__ = str(path)
    linecache.checkcache(str(path))
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise _import_error(error, path) from error
    return module


def _import_error(error: Exception, path: Path) -> DeclarationError:
    what = f"the file cannot be imported: {type(error).__name__}: {_said(error)}"
    place = ":".join(str(part) for part in (path, *_position(error, path)))
    return DeclarationError(what, place=place, mend="correct the file; helpers it imports must be installed")


def _said(error: Exception) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error)


def _position(error: Exception, path: Path) -> tuple[int, ...]:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return (error.lineno or 1, error.offset or 1)
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename == str(path)]
    return (frames[-1].lineno or 1, (frames[-1].colno or 0) + 1) if frames else (1, 1)
