"""Checksums, declared or stated beside the file, and a limit on the size."""

import hashlib

import pytest

from lake_assets.connectors.http import Http
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

BODY = b"1,2\n" * 1000
SHA256, MD5 = hashlib.sha256(BODY).hexdigest(), hashlib.md5(BODY, usedforsecurity=False).hexdigest()
OTHER = hashlib.sha256(b"other").hexdigest()


def download(stated="", **options):
    with scripted(lambda asked: Answer(stated.encode() if asked.path != "/data/x.csv" else BODY)) as server:
        dataset = Dataset("d", "s", origin="data/x.csv", connector_options=options)
        taken = contents(land(Http(Source("s", "http", {"base_url": server.url})), dataset, Memory()))
        return taken, [asked.path for asked in server.asked]


@pytest.mark.parametrize(
    "digests", [{"sha256": SHA256}, {"md5": MD5}, {"sha256": SHA256.upper(), "md5": MD5}], ids=str
)
def test_a_file_with_the_declared_checksum_lands(digests):
    assert download(**digests)[0] == [BODY]


@pytest.mark.parametrize("digests", [{"sha256": OTHER}, {"sha256": SHA256, "md5": OTHER[:32]}], ids=str)
def test_a_file_with_another_one_does_not(digests):
    with pytest.raises(ConnectorError, match=r"of the file is .*, expected") as caught:
        download(**digests)
    assert "run again" in caught.value.mend
    assert "x.csv" in caught.value.place


@pytest.mark.parametrize(
    "stated",
    [
        f"{SHA256}\n",
        f"{SHA256}  x.csv\n",
        f"{SHA256} *./x.csv",
        f"{OTHER}  y.csv\n{SHA256}  x.csv\n",
        f"SHA256 (x.csv) = {SHA256}",
        f"# made by hand\n\n{MD5}  data/x.csv\n",
        hashlib.sha512(BODY).hexdigest(),
    ],
)
@pytest.mark.parametrize(
    ("checksum_url", "path"),
    [("x.csv.sha256", "/data/x.csv.sha256"), ("/sums/ALL", "/sums/ALL"), ("../SUMS", "/SUMS")],
)
def test_a_checksum_is_read_where_the_server_states_it(stated, checksum_url, path):
    taken, asked = download(stated, checksum_url=checksum_url)
    assert taken == [BODY]
    assert asked == ["/data/x.csv", path]


def test_a_file_that_differs_from_what_is_stated_does_not_land():
    with pytest.raises(ConnectorError, match="the sha256 of the file is"):
        download(f"{OTHER}  x.csv", checksum_url="x.csv.sha256")


@pytest.mark.parametrize("stated", ["", "<html>", f"{SHA256}  y.csv", f"{SHA256}\n{OTHER}", "a" * 40 + "b"])
def test_where_nothing_is_stated_of_the_file_it_does_not_land(stated):
    with pytest.raises(ConnectorError, match=r"no checksum of x\.csv is stated") as caught:
        download(stated, checksum_url="x.csv.sha256")
    assert "/data/x.csv.sha256" in caught.value.place
    assert "checksum_url" in caught.value.mend


def test_very_long_statements_are_not_read_to_their_end():
    lines = f"{OTHER}  y.csv\n" * 50_000
    with pytest.raises(ConnectorError, match=r"no checksum of x\.csv"):
        download(f"{lines}{SHA256}  x.csv\n", checksum_url="SUMS")


@pytest.mark.parametrize("is_chunked", [False, True], ids=["with length", "chunked"])
def test_a_file_that_is_too_large_does_not_land(is_chunked):
    large = b"1" * 3_000_000
    with scripted(lambda _asked: Answer(large, is_chunked=is_chunked)) as server:
        connector = Http(Source("s", "http", {"base_url": server.url}))
        fits = Dataset("d", "s", origin="x", connector_options={"max_bytes": 3_000_000})
        assert contents(land(connector, fits, Memory())) == [large]
        wrong = Dataset("d", "s", origin="x", connector_options={"max_bytes": 2_999_999})
        with pytest.raises(ConnectorError, match="more than 2,999,999 bytes") as caught:
            land(connector, wrong, Memory())
    assert "max_bytes" in caught.value.mend


@pytest.mark.parametrize(
    "options",
    [{"sha256": "abc"}, {"md5": SHA256}, {"max_bytes": 0}, {"checksum_url": ""}, {"sha1": "x"}],
    ids=str,
)
def test_what_is_no_checksum_is_refused(options):
    with pytest.raises(DeclarationError, match="not valid"):
        download(**options)
