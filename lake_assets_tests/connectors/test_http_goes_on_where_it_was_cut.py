"""A download that is cut goes on with the byte after the last, if the file is still the same."""

import re

import pytest

from lake_assets.connectors import _site
from lake_assets.connectors.http import Http
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

DATASET = Dataset("d", "s", origin="x.bin")
WHOLE = bytes(range(256)) * 10_000
CUT = 1_500_000


class Store:
    """A server of one file that cuts the first answers."""

    def __init__(self, cuts=1, knows_ranges=True, **validators):
        self.cuts = cuts
        self.knows_ranges = knows_ranges
        self.validators = validators
        self.ranges = []
        self.conditions = []

    def answer(self, asked):
        self.ranges.append(asked.headers["Range"])
        self.conditions.append(asked.headers["If-Range"])
        is_cut = len(self.ranges) <= self.cuts
        start = int(re.match(r"bytes=(\d+)-", self.ranges[-1] or "bytes=0-")[1])
        headers = {name.replace("_", "-"): value for name, value in self.validators.items()}
        if not start or not self.knows_ranges:
            return Answer(WHOLE, headers=headers, sent_bytes=CUT if is_cut else None)
        headers["Content-Range"] = f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}"
        body = WHOLE[start:]
        return Answer(body, status=206, headers=headers, sent_bytes=500_000 if is_cut else None)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(_site, "_BACKOFF_S", 0.001)


def download(store, **options):
    with scripted(store.answer) as server:
        return contents(
            land(Http(Source("s", "http", {"base_url": server.url, **options})), DATASET, Memory())
        )


YESTERDAY = "Tue, 30 Apr 2024 10:00:00 GMT"


@pytest.mark.parametrize(
    ("validators", "condition"),
    [
        ({"ETag": '"a"'}, '"a"'),
        ({"Last_Modified": YESTERDAY}, YESTERDAY),
        ({"ETag": 'W/"a"', "Last_Modified": YESTERDAY}, YESTERDAY),
    ],
    ids=["tag", "time", "weak tag"],
)
@pytest.mark.parametrize("cuts", [1, 3])
def test_the_rest_is_asked_for_on_condition_that_nothing_changed(validators, condition, cuts):
    store = Store(cuts, **validators)
    assert download(store) == [WHOLE]
    assert store.ranges[0] is None
    assert all(store.ranges[1:])
    assert set(store.conditions[1:]) == {condition}


def test_a_server_without_ranges_sends_it_again_and_what_is_there_is_passed_over():
    store = Store(knows_ranges=False, ETag='"a"')
    assert download(store) == [WHOLE]
    assert len(store.ranges) == 2


def test_a_file_that_changed_meanwhile_is_not_mixed_with_what_it_was():
    store = Store(ETag='"a"', knows_ranges=False)

    def answer(asked):
        said = store.answer(asked)
        store.validators = {"ETag": '"b"'}
        return said

    with (
        scripted(answer) as server,
        pytest.raises(ConnectorError, match="the rest of the same version") as caught,
    ):
        land(Http(Source("s", "http", {"base_url": server.url})), DATASET, Memory())
    assert "run again" in caught.value.mend


@pytest.mark.parametrize("validators", [{}, {"ETag": 'W/"a"'}], ids=["nothing", "weak tag"])
def test_a_file_whose_version_has_no_name_is_not_gone_on_with(validators):
    store = Store(**validators)
    with pytest.raises(ConnectorError, match="cut or damaged"):
        download(store)
    assert len(store.ranges) == 1


def test_a_part_that_was_not_asked_for_is_refused():
    def answer(asked):
        if asked.headers["Range"] is None:
            return Answer(WHOLE, headers={"ETag": '"a"'}, sent_bytes=CUT)
        return Answer(
            WHOLE[5:], status=206, headers={"ETag": '"a"', "Content-Range": f"bytes 5-9/{len(WHOLE)}"}
        )

    with scripted(answer) as server, pytest.raises(ConnectorError, match="the rest of the same version"):
        land(Http(Source("s", "http", {"base_url": server.url, "retries": 1})), DATASET, Memory())


def test_patience_ends_where_nothing_more_comes():
    def answer(asked):
        start = int(re.match(r"bytes=(\d+)-", asked.headers["Range"] or "bytes=0-")[1])
        head = {"ETag": '"a"', "Content-Range": f"bytes {start}-{len(WHOLE) - 1}/{len(WHOLE)}"}
        return Answer(
            WHOLE[start:], status=206 if start else 200, headers=head, sent_bytes=0 if start else CUT
        )

    with scripted(answer) as server:
        with pytest.raises(ConnectorError, match="cut or damaged"):
            land(Http(Source("s", "http", {"base_url": server.url, "retries": 2})), DATASET, Memory())
        assert len(server.asked) == 3


def test_retries_of_none_are_kept():
    store = Store(ETag='"a"')
    with pytest.raises(ConnectorError, match="cut or damaged"):
        download(store, retries=0)


def test_a_packed_file_is_not_gone_on_with():
    damaged = Answer(b"not gzip", headers={"ETag": '"a"', "Content-Encoding": "gzip"})
    with scripted(lambda _asked: damaged) as server:
        with pytest.raises(ConnectorError, match="cut or damaged"):
            land(Http(Source("s", "http", {"base_url": server.url})), DATASET, Memory())
        assert len(server.asked) == 1
