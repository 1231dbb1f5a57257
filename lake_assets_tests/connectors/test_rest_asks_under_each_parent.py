"""Children: asked for under each record of a parent, gone on with where they ended, each parent once."""

import json

import pytest

from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted


class Blog:
    """Posts, two a page; comments of each, two a page."""

    def __init__(self, server):
        self.server = server
        self.posts = [{"id": number, "title": f"post {number}"} for number in range(1, 6)]
        self.comments = {1: 3, 2: 0, 3: 1, 4: 2, 5: 5}

    def answer(self, asked):
        number = asked.path.split("/")[2] if asked.path != "/posts" else ""
        records = [{"n": n} for n in range(self.comments[int(number)])] if number else self.posts
        since = int(asked.query.get("since", 0))
        wanted = [post for post in records if number or not since or post["id"] > since]
        start = int(asked.query.get("start", 0))
        more = f"{asked.path}?since={asked.query.get('since', 0)}&start={start + 2}"
        page = {"items": wanted[start : start + 2], "next": more if wanted[start + 2 :] else None}
        return Answer(json.dumps(page).encode())

    def asked(self):
        return [asked.path for asked in self.server.asked]


LINKED = {"paginator": {"type": "json_link"}, "data_selector": "items"}
POSTS = Dataset("posts", "blog", origin="posts", connector_options=LINKED)


@pytest.fixture
def blog():
    with scripted() as server:
        made = Blog(server)
        server.script = made.answer
        yield made


def comments(**options):
    return Dataset(
        "comments",
        "blog",
        origin="posts/{resources.posts.id}/comments",
        connector_options={**LINKED, **options},
    )


def connector(blog, *datasets, **posts):
    parent = Dataset("posts", "blog", origin="posts", connector_options={**LINKED, **posts})
    url = blog if isinstance(blog, str) else blog.server.url
    made = Rest(Source("blog", "rest", {"base_url": url, "retries": 0}, (parent, *datasets)))
    for dataset in datasets:
        made.check(dataset)
    return made


EXPECTED = ["1", "1", "3", "4", "5", "5", "5"]


def parents(landed):
    return [taken.arrival.origin.split("/")[1] for taken in landed]


def test_every_page_of_every_child_lands(blog):
    landed = land(connector(blog, comments()), comments(), Memory())
    assert parents(landed) == EXPECTED
    assert len(blog.asked()) == 3 + 8


def test_what_has_not_changed_does_not_come_again(blog):
    memory = Memory()
    land(connector(blog), comments(), memory)
    assert land(connector(blog), comments(), memory) == []
    blog.comments[3] = 2
    assert parents(land(connector(blog), comments(), memory)) == ["3"]
    blog.posts.append({"id": 6})
    blog.comments[6] = 1
    assert parents(land(connector(blog), comments(), memory)) == ["6"]


@pytest.mark.parametrize("landed_before", range(1, 7))
def test_a_kill_asks_no_child_twice(blog, landed_before):
    memory = Memory()
    first = land(connector(blog), comments(), memory, at_most=landed_before)
    children = [path for path in blog.asked() if path != "/posts"]
    blog.server.asked.clear()
    second = land(connector(blog), comments(), memory)
    assert parents(first + second) == EXPECTED
    again = [path for path in blog.asked() if path != "/posts"]
    assert len(children) + len(again) == 8


def test_a_parent_that_went_while_the_pull_was_interrupted_does_no_harm(blog):
    memory = Memory()
    land(connector(blog), comments(), memory, at_most=3)
    blog.posts.pop(2)
    assert parents(land(connector(blog), comments(), memory)) == ["4", "5", "5", "5"]


def test_only_new_records_of_an_incremental_parent_are_asked_under(blog):
    since = {"incremental": {"cursor_path": "id", "param": "since"}}
    memory, made = Memory(), connector(blog, **since)
    land(made, comments(), memory)
    blog.server.asked.clear()
    assert land(made, comments(), memory) == []
    assert blog.asked() == ["/posts"]
    blog.posts.append({"id": 6})
    blog.comments[6] = 1
    blog.server.asked.clear()
    assert parents(land(made, comments(), memory)) == ["6"]
    assert blog.asked() == ["/posts", "/posts/6/comments"]


def test_a_value_that_several_parents_give_is_asked_for_once(blog):
    blog.posts.append({"id": 1})
    assert parents(land(connector(blog), comments(), Memory())) == EXPECTED


def test_a_value_is_written_as_part_of_a_path(blog):
    blog.posts[:] = [{"id": "a/b c"}]
    blog.server.script = lambda asked: (
        blog.answer(asked) if asked.path == "/posts" else Answer(b'{"items": []}')
    )
    land(connector(blog), comments(), Memory())
    assert blog.server.asked[1].target == "/posts/a%2Fb%20c/comments"


def test_a_value_may_be_a_parameter(blog):
    seen = Dataset("seen", "blog", origin="seen", connector_options={"params": {"p": "{resources.posts.id}"}})
    blog.server.script = lambda asked: (
        blog.answer(asked) if asked.path == "/posts" else Answer(json.dumps([asked.query["p"]]).encode())
    )
    landed = contents(land(connector(blog, seen), seen, Memory()))
    assert landed == [b'["%d"]' % number for number in range(1, 6)]


def test_fields_of_the_parent_are_put_into_records_and_nothing_else_is_touched(blog):
    body = b'{ "next": null,\n "items" : [ {"n": 1.50,"x":"\\u00e9"} ,{} ] }\n'
    blog.posts[:] = [{"id": 7, "title": 'a "b"'}]
    blog.server.script = lambda asked: blog.answer(asked) if asked.path == "/posts" else Answer(body)
    dataset = comments(include_from_parent=["id", "title"])
    (landed,) = contents(land(connector(blog, dataset), dataset, Memory()))
    put_in = b'"_posts_id": 7, "_posts_title": "a \\"b\\""'
    assert landed == (
        b'{ "next": null,\n "items" : [ {' + put_in + b', "n": 1.50,"x":"\\u00e9"} ,{' + put_in + b"} ] }\n"
    )


def test_a_child_comes_again_when_what_it_gets_of_its_parent_changed(blog):
    dataset, memory = comments(include_from_parent=["title"]), Memory()
    land(connector(blog), dataset, memory)
    blog.posts[2]["title"] = "renamed"
    (landed,) = land(connector(blog), dataset, memory)
    assert b'"_posts_title": "renamed"' in landed.content


@pytest.mark.parametrize("status", [404, 410])
def test_a_child_that_is_not_there_may_be_passed_over(blog, status):
    blog.server.script = lambda asked: (
        Answer(b"gone", status=status) if asked.path == "/posts/3/comments" else blog.answer(asked)
    )
    with pytest.raises(ConnectorError, match=str(status)):
        land(connector(blog), comments(), Memory())
    passing = comments(response_actions=[{"status_code": status, "action": "ignore"}])
    assert parents(land(connector(blog), passing, Memory())) == ["1", "1", "4", "5", "5", "5"]


@pytest.mark.parametrize(
    "action",
    [
        {"content": "not found"},
        {"content": "not found", "status_code": 200},
        {"content": "found", "status_code": 404},
    ],
    ids=str,
)
def test_an_answer_is_passed_over_by_what_it_says(blog, action):
    said = Answer(b'{"error": "not found"}', status=action.get("status_code", 200))
    blog.server.script = lambda asked: said if asked.path == "/posts/3/comments" else blog.answer(asked)
    passing = comments(response_actions=[{**action, "action": "ignore"}])
    assert parents(land(connector(blog), passing, Memory())) == ["1", "1", "4", "5", "5", "5"]


def test_a_parent_without_the_field_is_an_error(blog):
    wrong = Dataset("c", "blog", origin="posts/{resources.posts.slug}/comments", connector_options=LINKED)
    with pytest.raises(ConnectorError, match="a record of the parent has no slug") as caught:
        land(connector(blog), wrong, Memory())
    assert "parent posts" in caught.value.place


GRANDCHILD = Dataset("g", "blog", origin="x/{resources.comments.n}", connector_options={})


@pytest.mark.parametrize(
    ("dataset", "what"),
    [
        (Dataset("c", "blog", origin="x/{resources.post.id}"), "there is no resource post"),
        (Dataset("c", "blog", origin="x/{id}"), "nothing says what {id} in the path is"),
        (
            Dataset(
                "c",
                "blog",
                origin="x/{resources.posts.id}",
                connector_options={"params": {"y": "{resources.comments.n}"}},
            ),
            "several parents: comments, posts",
        ),
        (GRANDCHILD, "the parent comments has a parent itself"),
        (comments(incremental={"cursor_path": "n", "param": "since"}), "would miss what is older"),
        (
            Dataset("c", "blog", origin="x", connector_options={"include_from_parent": ["id"]}),
            "needs a parent",
        ),
        (comments(include_from_parent=["id"], data_selector="items[0]"), "by that data_selector"),
        (comments(headers={"X": "{resources.posts.id}"}), "a header holds a placeholder"),
        (
            Dataset(
                "c",
                "blog",
                origin="x",
                connector_options={"params": {"id": {"type": "resolve", "resource": "posts", "field": "id"}}},
            ),
            "the path does not use the resolved parameter id",
        ),
        (Dataset("c", "blog", origin="x/{incremental.start_value}"), "nothing says what {incremental"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_does_not_fit_together_is_refused_before_anything_is_asked(dataset, what):
    with pytest.raises(DeclarationError) as caught:
        connector("http://x", comments(), dataset)
    assert what in caught.value.what
    assert caught.value.mend


@pytest.mark.parametrize(
    ("body", "landed"),
    [
        (b'{"n": 1}', b'{"_posts_id": 7, "n": 1}'),
        (b'[1, {"n": 1}, "x"]', b'[1, {"_posts_id": 7, "n": 1}, "x"]'),
        (b"\xef\xbb\xbf[ {} ]", b'[ {"_posts_id": 7} ]'),
    ],
    ids=["one record", "not all are records", "byte order mark"],
)
def test_fields_of_the_parent_are_put_where_the_records_are(blog, body, landed):
    blog.posts[:] = [{"id": 7}]
    blog.server.script = lambda asked: blog.answer(asked) if asked.path == "/posts" else Answer(body)
    selector = "@" if body.startswith(b"{") else None
    options = {"include_from_parent": ["id"], "data_selector": selector, "paginator": "single_page"}
    assert contents(land(connector(blog, comments(**options)), comments(**options), Memory())) == [landed]


@pytest.mark.parametrize("action", [{"action": "ignore"}, {"status_code": 404, "action": "retry"}], ids=str)
def test_what_an_answer_means_has_to_be_whole(blog, action):
    with pytest.raises(DeclarationError, match="response_actions"):
        connector(blog, comments(response_actions=[action]))
