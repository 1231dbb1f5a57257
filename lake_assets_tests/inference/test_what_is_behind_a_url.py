"""A URL is a file for the connector http, or the first page of an API for the connector rest."""

import json

import pytest

from lake_assets.errors import ConnectorError
from lake_assets.inference.sample import LINES_BYTES
from lake_assets_tests.connectors.servers import Answer, scripted, unused_url

_HIRES = b"hire_id,price\n" + b"".join(b"%d,%d.5\n" % (number, number % 50) for number in range(100))


def _records(start, count=20):
    return [{"id": number, "city": "Leeds"} for number in range(start, start + count)]


def _json(document, **headers):
    return Answer(json.dumps(document).encode(), headers={"Content-Type": "application/json", **headers})


def test_a_file_is_fetched_by_http(project, as_declared):
    with scripted(lambda _asked: Answer(_HIRES)) as server:
        draft = project.infer(f"{server.url}/v1/bike-hires.csv?year=2024")
        taken = project.ingest(draft)
    assert draft.connector == "http"
    assert as_declared(draft)["datasets"]["bike_hires"]["from"] == "v1/bike-hires.csv?year=2024"
    assert (taken.height, taken["price"].dtype.is_float()) == (100, True)


@pytest.mark.parametrize("end", ["", "/"])
@pytest.mark.parametrize("answer", [_HIRES, json.dumps(_records(0)).encode()], ids=["csv", "json"])
def test_what_the_root_of_a_host_says_is_a_file_too(end, answer, project):
    with scripted(lambda _asked: Answer(answer)) as server:
        draft = project.infer(f"{server.url}{end}", "hires")
        assert project.ingest(draft).height in {20, 100}
        assert {asked.path for asked in server.asked} == {"/"}


def test_no_more_is_fetched_than_is_looked_at(project):
    large = b"a,b\n" + (b"1," + b"2" * 61 + b"\n") * (LINES_BYTES // 2)
    with scripted(lambda _asked: Answer(large)) as server:
        (dataset,) = project.infer(f"{server.url}/large.csv").datasets
        assert len(server.asked) == 1
    assert (dataset.rows, dataset.is_whole) == (20_000, False)


def test_a_document_too_large_to_tell_is_refused(project, monkeypatch):
    monkeypatch.setattr("lake_assets.inference.sample.WHOLE_BYTES", 3 << 20)
    answer = Answer(b'{"rows": [' + b"1, " * (3 << 20))
    refused = pytest.raises(ConnectorError, match="larger than 3 MiB")
    with scripted(lambda _asked: answer) as server, refused as caught:
        project.infer(f"{server.url}/large.json")
    assert "download it" in caught.value.mend


def test_pages_that_name_the_next_are_asked_for_by_rest(project, as_declared):
    def script(asked):
        start = int(asked.query.get("after", 0))
        following = f"/v1/hires?size=20&after={start + 20}" if start < 80 else None
        return _json({"rows": _records(start), "next_url": following})

    with scripted(script) as server:
        draft = project.infer(f"{server.url}/v1/hires?size=20")
        taken = project.ingest(draft)
        declared = as_declared(draft)
        assert declared["connector"] == {"kind": "rest", "base_url": f"{server.url}/v1"}
    assert declared["datasets"]["hires"]["from"] == "hires"
    assert declared["datasets"]["hires"]["format"] == {"kind": "json", "records": "rows"}
    assert declared["datasets"]["hires"]["options"] == {
        "params": {"size": 20},
        "data_selector": "rows",
        "paginator": {"type": "json_link", "next_url_path": "next_url"},
    }
    assert declared["datasets"]["hires"]["key"] == ["id"]
    assert sorted(taken["id"]) == list(range(100))


def test_the_root_of_a_host_may_be_the_first_page(project):
    def script(asked):
        start = int(asked.query.get("after", 0))
        following = f"{server.url}/?after={start + 20}" if start < 40 else None
        return _json({"items": _records(start), "next": following})

    with scripted(script) as server:
        draft = project.infer(server.url, "cities")
        assert draft.connector == "rest"
        assert project.ingest(draft).height == 60


def test_pages_that_a_header_links_are_asked_for_by_rest(project, as_declared):
    def script(asked):
        page = int(asked.query.get("page", 1))
        link = {"Link": f'<{server.url}/items?page={page + 1}>; rel="next"'} if page < 3 else {}
        return _json(_records(page * 20), **link)

    with scripted(script) as server:
        draft = project.infer(f"{server.url}/items")
        taken = project.ingest(draft)
    assert as_declared(draft)["datasets"]["items"]["options"] == {"paginator": {"type": "header_link"}}
    assert as_declared(draft)["datasets"]["items"]["format"] == "json"
    assert taken.height == 60


def test_pages_that_are_counted_are_asked_for_by_rest(project, as_declared):
    def script(asked):
        page = int(asked.query.get("page", 1))
        return _json({"page": page, "total_pages": 3, "data": _records(page * 20)})

    with scripted(script) as server:
        draft = project.infer(f"{server.url}/items?page=1&kind=a&kind=b")
        taken = project.ingest(draft)
    options = as_declared(draft)["datasets"]["items"]["options"]
    assert options["params"] == {"kind": ["a", "b"]}
    assert options["paginator"]["type"] == "page_number"
    assert taken.height == 60


def test_a_document_without_further_pages_is_a_file(project, as_declared):
    with scripted(lambda _asked: _json({"count": 20, "items": _records(0)})) as server:
        draft = project.infer(f"{server.url}/items")
        taken = project.ingest(draft)
    assert draft.connector == "http"
    assert as_declared(draft)["datasets"]["items"]["format"] == {"kind": "json", "records": "items"}
    assert taken.height == 20


def test_an_api_that_fails_when_it_is_asked_for_pages_is_a_file(project):
    def script(_asked):
        return Answer(status=404) if len(server.asked) > 1 else _json({"rows": _records(0), "next": "/more"})

    with scripted(script) as server:
        assert project.infer(f"{server.url}/items").connector == "http"


@pytest.mark.parametrize("secret", ["api_key=s3cr3t", "token=s3cr3t", "X-Amz-Signature=s3cr3t"])
def test_a_secret_in_the_url_is_refused_and_not_shown(secret, project):
    with pytest.raises(ConnectorError, match="holds a secret") as caught:
        project.infer(f"https://x.org/items?{secret}")
    assert "s3cr3t" not in str(caught.value)
    assert "${NAME}" in caught.value.mend


def test_a_password_in_the_url_is_refused_and_not_shown(project):
    with pytest.raises(ConnectorError, match="user and password") as caught:
        project.infer("https://me:s3cr3t@x.org/items")
    assert "s3cr3t" not in str(caught.value)


def test_a_secret_of_the_environment_is_sent_and_stays_a_name(project, as_declared, monkeypatch):
    monkeypatch.setenv("API_KEY", "s3cr3t-of-the-test")

    def script(asked):
        page = int(asked.query.get("page", 1))
        is_told = asked.query.get("key") == "s3cr3t-of-the-test"
        document = {"page": page, "total_pages": 2, "data": _records(page * 20)}
        return _json(document) if is_told else Answer(status=401)

    with scripted(script) as server:
        draft = project.infer(f"{server.url}/items?key=${{API_KEY}}")
    assert as_declared(draft)["datasets"]["items"]["options"]["params"] == {"key": "${API_KEY}"}
    assert draft.connector == "rest"


def test_a_server_that_is_not_there_is_told(project):
    with pytest.raises(ConnectorError, match=r"reached|refuse"):
        project.infer(f"{unused_url()}/items.csv")


def test_other_schemes_are_refused(project):
    with pytest.raises(ConnectorError, match="nothing is inferred of ftp") as caught:
        project.infer("ftp://x.org/items.csv")
    assert "s3" in caught.value.mend


def test_a_url_without_a_host_is_refused(project):
    with pytest.raises(ConnectorError, match="names no host"):
        project.infer("https:///items.csv")
