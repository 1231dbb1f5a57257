"""Bytes that vanished from persistent landing are an error, not a bad file: nothing is consumed in their place."""

import pytest

from lake_assets.errors import StorageError
from lake_assets_tests.zones.sources import BIKES, Memory, steps


def test_the_error_says_how_to_mend_it(a_lake):
    flow = steps(a_lake)
    flow.fetch(BIKES, Memory({"a": b"id\n1\n"}))
    flow.land(BIKES)
    (path,) = a_lake.landed_bytes()
    landed = a_lake.folder / "lake" / path
    content = landed.read_bytes()
    landed.unlink()
    with pytest.raises(StorageError, match="the landed file is gone") as failure:
        flow.format(BIKES)
    assert failure.value.mend
    assert a_lake.find("formatted.bikes") is None
    landed.write_bytes(content)
    assert flow.format(BIKES).rows_out == 1
