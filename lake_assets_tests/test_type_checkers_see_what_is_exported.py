import ast
from pathlib import Path

import pytest

import lake_assets

STUBS = sorted(Path(lake_assets.__file__).parent.glob("**/__init__.pyi"))


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.parent.name)
def test_a_stub_names_what_its_package_exports(stub):
    """Names that are imported when they are asked for are known to type checkers by a stub alone."""
    room = stub.relative_to(STUBS[0].parent).parent.parts
    package = __import__(".".join(["lake_assets", *room]), fromlist=["__all__"])
    imported = [node for node in ast.parse(stub.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    told = {alias.asname or alias.name for node in imported for alias in node.names}
    assert told == set(package.__all__)
    assert all(getattr(package, name) is not None for name in told)


def test_the_package_itself_has_one():
    assert STUBS[0].parent == Path(lake_assets.__file__).parent
