"""The configurations of dlt's public documentation, pasted, against servers that answer as those APIs do.

Source: https://dlthub.com/docs/dlt-ecosystem/verified-sources/rest_api/basic and the examples beside it. What Python
fills in there from `dlt.secrets` is written `${NAME}` here.
"""

import json

import pytest
import yaml

from lake_assets.connectors.rest import Rest
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset, Source, WriteMode
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

POKEMON = """
client:
  base_url: ${BASE}
  paginator: json_link
resource_defaults:
  endpoint:
    params: {limit: 2}
resources:
  - pokemon
  - berry
  - name: location
    endpoint: {path: location, params: {limit: 1}}
"""
GITHUB = """
client:
  base_url: ${BASE}/repos/dlt-hub/dlt/
  auth:
    token: ${GITHUB_TOKEN}
resource_defaults:
  primary_key: id
  write_disposition: merge
  endpoint:
    params: {per_page: 100}
resources:
  - name: issues
    endpoint:
      path: issues
      params:
        sort: updated
        direction: desc
        state: open
        since:
          type: incremental
          cursor_path: updated_at
          initial_value: "2024-01-25T11:21:28Z"
  - name: issue_comments
    endpoint:
      path: issues/{issue_number}/comments
      params:
        issue_number: {type: resolve, resource: issues, field: number}
    include_from_parent: [id]
  - name: contributors
    endpoint: {path: contributors}
    write_disposition: replace
"""
POSTS = """
client:
  base_url: ${BASE}
  auth: {type: api_key, name: X-Api-Key, api_key: "${GITHUB_TOKEN}", location: header}
  paginator: {type: page_number, base_page: 1, total_path: total_pages}
resource_defaults: {primary_key: id, write_disposition: {disposition: merge, strategy: upsert}}
resources:
  - name: posts
    endpoint:
      path: posts
      data_selector: response.results
      incremental:
        cursor_path: updated_at
        start_param: from
        end_param: until
        initial_value: 1704067200
        end_value: 1735689600
        row_order: asc
        lag: 60
  - name: post
    endpoint: {path: "posts/{resources.posts.id}", data_selector: $.post}
"""


@pytest.fixture(autouse=True)
def _token(monkeypatch):
    monkeypatch.setenv("GITHUB_TOKEN", "ghp-of-the-tests")


@pytest.fixture
def server(monkeypatch):
    with scripted() as running:
        monkeypatch.setenv("BASE", running.url)
        yield running


def pasted(text, **datasets):
    made = tuple(Dataset(name, "api", origin=name, **given) for name, given in datasets.items())
    connector = Rest(Source("api", "rest", yaml.safe_load(text), made))
    for dataset in made:
        connector.check(dataset)
    return connector, {dataset.name: dataset for dataset in made}


def said(*pages):
    return [Answer(json.dumps(page).encode()) for page in pages]


def test_pokemon(server):
    pages = {
        "/pokemon": {
            "count": 3,
            "next": f"{server.url}/pokemon?offset=2&limit=2",
            "results": [{"name": "a"}],
        },
        "/pokemon?offset=2&limit=2": {"count": 3, "next": None, "results": [{"name": "b"}]},
        "/location?limit=1": {"count": 1, "next": None, "results": [{"name": "x"}]},
    }
    pages["/pokemon?limit=2"] = pages.pop("/pokemon")
    server.script = lambda asked: said(pages[asked.target])[0]
    connector, datasets = pasted(POKEMON, pokemon={}, location={})
    landed = contents(land(connector, datasets["pokemon"], Memory()))
    assert [json.loads(page)["results"][0]["name"] for page in landed] == ["a", "b"]
    assert len(land(connector, datasets["location"], Memory())) == 1


class GitHub:
    """Issues by link, newest first; comments under each."""

    def __init__(self, server):
        self.server = server
        self.issues = [
            {"id": n * 10, "number": n, "updated_at": f"2024-02-0{n}T00:00:00Z"} for n in (3, 2, 1)
        ]

    def answer(self, asked):
        assert asked.headers["Authorization"] == "Bearer ghp-of-the-tests"
        assert asked.query["per_page"] == "100"
        kind = asked.path.removeprefix("/repos/dlt-hub/dlt/")
        if kind != "issues":
            number = kind.split("/")[1]
            return said([{"id": int(number) * 100, "body": 1.50}])[0]
        wanted = [issue for issue in self.issues if issue["updated_at"] >= asked.query["since"]]
        start = int(asked.query.get("start", 0))
        target = f"{self.server.url}{asked.target.partition('&start')[0]}&start={start + 2}"
        link = {"Link": f'<{target}>; rel="next"'} if wanted[start + 2 :] else {}
        return Answer(json.dumps(wanted[start : start + 2]).encode(), headers=link)


@pytest.fixture
def github(server):
    made = GitHub(server)
    server.script = made.answer
    return made


MERGED = {"key": ("id",), "write_mode": WriteMode.UPSERT}


def test_github_issues_since_the_last_update(server, github):
    connector, datasets = pasted(GITHUB, issues=MERGED)
    memory = Memory()
    landed = contents(land(connector, datasets["issues"], memory))
    assert [issue["number"] for page in landed for issue in json.loads(page)] == [3, 2, 1]
    assert server.asked[0].query == {
        "per_page": "100",
        "sort": "updated",
        "direction": "desc",
        "state": "open",
        "since": "2024-01-25T11:21:28Z",
    }
    assert land(connector, datasets["issues"], memory) == []
    github.issues.insert(0, {"id": 40, "number": 4, "updated_at": "2024-02-04T00:00:00Z"})
    landed = contents(land(connector, datasets["issues"], memory))
    assert [issue["number"] for page in landed for issue in json.loads(page)] == [4, 3]
    assert server.asked[-1].query["since"] == "2024-02-03T00:00:00Z"


def test_github_comments_under_each_issue(server, github):
    connector, datasets = pasted(GITHUB, issue_comments=MERGED)
    memory = Memory()
    landed = land(connector, datasets["issue_comments"], memory)
    assert contents(landed) == [
        b'[{"_issues_id": %d, "id": %d, "body": 1.5}]' % (number * 10, number * 100) for number in (3, 2, 1)
    ]
    assert landed[0].arrival.origin == "issues/3/comments?per_page=100"
    server.asked.clear()
    github.issues.insert(0, {"id": 40, "number": 4, "updated_at": "2024-02-04T00:00:00Z"})
    assert len(land(connector, datasets["issue_comments"], memory)) == 1
    assert [asked.path.rpartition("dlt/")[2] for asked in server.asked] == [
        "issues",
        "issues/4/comments",
        "issues/3/comments",
    ]


def test_a_window_of_posts_and_each_post(server):
    records = [{"id": n, "updated_at": 1704067200 + 100 * n} for n in range(1, 4)]

    def answer(asked):
        assert asked.headers["X-Api-Key"] == "ghp-of-the-tests"
        if asked.path != "/posts":
            return said({"post": {"id": int(asked.path.rpartition("/")[2])}})[0]
        wanted = [record for record in records if record["updated_at"] >= int(asked.query["from"])]
        page = int(asked.query["page"])
        return said({"response": {"results": wanted[page - 1 : page]}, "total_pages": len(wanted)})[0]

    server.script = answer
    connector, datasets = pasted(POSTS, posts=MERGED, post=MERGED)
    memory = Memory()
    assert len(land(connector, datasets["posts"], memory)) == 3
    assert server.asked[0].query == {"from": "1704067200", "until": "1735689600", "page": "1"}
    land(connector, datasets["posts"], memory)
    assert server.asked[-1].query["from"] == str(1704067200 + 300 - 60)
    assert [
        json.loads(page)["post"]["id"] for page in contents(land(connector, datasets["post"], Memory()))
    ] == [
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("dataset", "what"),
    [
        ({"issues": {}}, "the primary_key of the resource is id"),
        ({"issues": {"key": ("id",)}}, "the resource says merge, the dataset append"),
        ({"contributors": MERGED}, "the resource says replace, the dataset upsert"),
        (
            {"contributors": {"key": ("id",), "write_mode": WriteMode.REPLACE}},
            "replace would keep the rows of the last changed page",
        ),
    ],
    ids=str,
)
def test_what_a_resource_says_of_its_table_has_to_be_so(dataset, what):
    with pytest.raises(DeclarationError, match=what) as caught:
        pasted(GITHUB.replace("${BASE}", "http://x"), **dataset)
    assert "declare" in caught.value.mend


@pytest.mark.parametrize(
    "connector",
    [
        {"client": {"base_url": "http://x"}, "base_url": "http://y"},
        {"client": {"base_url": "http://x"}, "auth": {"token": "${A}"}},
        {"client": {}},
        {},
        {"client": {"base_url": "http://x"}, "resources": ["a", {"name": "a"}]},
        {"client": {"base_url": "http://x"}, "resources": [{"name": "a", "endpoint": {"pth": "a"}}]},
        {"client": {"base_url": "http://x", "session": 1}},
    ],
    ids=str,
)
def test_what_is_no_configuration_is_refused(connector):
    with pytest.raises(DeclarationError, match="not valid"):
        Rest(Source("api", "rest", connector))


def test_what_a_dataset_declares_wins(server):
    server.script = lambda _asked: Answer(b'{"results": []}')
    options = {"params": {"limit": 5}, "paginator": "single_page", "data_selector": "$.results"}
    connector, datasets = pasted(POKEMON, pokemon={"connector_options": options})
    land(connector, datasets["pokemon"], Memory())
    assert server.asked[0].target == "/pokemon?limit=5"


def test_a_dataset_may_ask_for_what_no_resource_names(server):
    server.script = lambda _asked: Answer(b'{"results": []}')
    connector, datasets = pasted(POKEMON, ability={})
    land(connector, datasets["ability"], Memory())
    assert server.asked[0].target == "/ability?limit=2"
