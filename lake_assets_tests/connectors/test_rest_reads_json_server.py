"""Against json-server from npm, which counts pages and records and links them in a header."""

import json

import pytest

from lake_assets.connectors.rest import Rest
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.served_programs import npm_program, served
from lake_assets_tests.connectors.servers import unused_url

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    program = npm_program("json-server", "0.17.4", "json-server")
    file = tmp_path_factory.mktemp("json-server") / "db.json"
    posts = [{"id": number, "title": f"post {number}", "at": 100 * number} for number in range(1, 26)]
    comments = [{"id": number, "postId": number % 3 + 1} for number in range(1, 8)]
    file.write_text(json.dumps({"posts": posts, "comments": comments}))
    address = unused_url()
    port = address.rpartition(":")[2]
    with served([program, file, "--host", "127.0.0.1", "--port", port, "--quiet"], f"{address}/posts"):
        yield address


def pull(url, memory=None, at_most=None, origin="posts", **options):
    parent = Dataset("posts", "s", origin="posts", connector_options={"params": {"_limit": 2}})
    connector = Rest(Source("s", "rest", {"base_url": url}, (parent,)))
    dataset = Dataset("d", "s", origin=origin, connector_options={"data_selector": "@", **options})
    return land(connector, dataset, memory or Memory(), at_most=at_most)


def numbers(taken):
    return [record["id"] for one in taken for record in json.loads(one.content)]


PAGED = {"params": {"_limit": 10}}


@pytest.mark.parametrize(
    "options",
    [
        {"params": {"_limit": 10, "_page": 1}, "paginator": "header_link"},
        {"params": {"_limit": 10, "_page": 1}, "paginator": "auto"},
        {**PAGED, "paginator": {"type": "page_number", "page_param": "_page", "base_page": 1}},
        {"paginator": {"type": "offset", "limit": 10, "offset_param": "_start", "limit_param": "_limit"}},
    ],
    ids=["header_link", "auto", "page_number", "offset"],
)
def test_every_record_lands_once_and_a_kill_changes_nothing(url, options):
    memory = Memory()
    first = pull(url, memory, at_most=1, **options)
    assert numbers(first + pull(url, memory, **options)) == list(range(1, 26))
    assert pull(url, memory, **options) == []


def test_only_what_is_past_the_cursor_is_asked_for(url):
    window = {"cursor_path": "at", "param": "at_gte", "initial_value": 2000}
    memory = Memory()
    assert numbers(pull(url, memory, incremental=window)) == [20, 21, 22, 23, 24, 25]
    assert pull(url, memory, incremental=window) == []


def test_children_are_asked_for_under_their_parents(url):
    taken = pull(url, origin="posts/{resources.posts.id}/comments", include_from_parent=["title"])
    records = [record for one in taken for record in json.loads(one.content)]
    assert {record["postId"] for record in records} == {1, 2}
    assert all(record["_posts_title"] == f"post {record['postId']}" for record in records)
