import pytest

from lake_assets.connectors.http import Http
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

DATASET = Dataset("d", "s", origin="x.csv")
YESTERDAY, TODAY = "Tue, 30 Apr 2024 10:00:00 GMT", "Wed, 01 May 2024 10:00:00 GMT"


@pytest.fixture
def server():
    with scripted() as running:
        yield running


def connector(server, **options):
    return Http(Source("s", "http", {"base_url": server.url, **options}))


def serve(server, *answers):
    """Give these answers in turn, the last for ever."""
    waiting = list(answers)
    server.script = lambda _asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@pytest.mark.parametrize(
    ("said", "condition", "value"),
    [
        ({"ETag": '"a"'}, "If-None-Match", '"a"'),
        ({"ETag": 'W/"a; \\x"'}, "If-None-Match", 'W/"a; \\x"'),
        ({"Last-Modified": YESTERDAY}, "If-Modified-Since", YESTERDAY),
    ],
)
def test_the_next_request_carries_what_the_server_said(server, said, condition, value):
    memory = Memory()
    serve(server, Answer(b"1", headers=said), Answer(status=304))
    assert contents(land(connector(server), DATASET, memory)) == [b"1"]
    assert server.asked[0].headers[condition] is None
    assert land(connector(server), DATASET, memory) == []
    assert server.asked[1].headers[condition] == value


def test_the_condition_is_known_before_the_body_is_read(server):
    serve(server, Answer(b"1" * 5_000_000, headers={"ETag": '"a"'}))
    arrivals = connector(server).discover(DATASET, Memory())
    assert '\\"a\\"' in next(arrivals).fingerprint
    arrivals.close()


def test_a_server_that_ignores_conditions_lands_nothing_twice(server):
    memory = Memory()
    serve(server, Answer(b"1", headers={"ETag": '"a"', "Last-Modified": YESTERDAY}))
    assert len(land(connector(server), DATASET, memory)) == 1
    assert land(connector(server), DATASET, memory) == []


def test_a_new_version_lands(server):
    memory = Memory()
    serve(server, Answer(b"1", headers={"Last-Modified": YESTERDAY}))
    land(connector(server), DATASET, memory)
    serve(server, Answer(b"2", headers={"Last-Modified": TODAY}))
    assert contents(land(connector(server), DATASET, memory)) == [b"2"]


def test_a_file_that_went_back_to_what_it_was_lands_again(server):
    memory, landed = Memory(), []
    for content in (b"A", b"B", b"A", b"A"):
        serve(server, Answer(content, headers={"ETag": f'"{content.decode()}"'}))
        landed += land(connector(server), DATASET, memory)
    assert contents(landed) == [b"A", b"B", b"A"]
    assert server.asked[-1].headers["If-None-Match"] == '"A"'


def test_a_server_that_tells_nothing_is_read_at_each_look(server):
    memory = Memory()
    serve(server, Answer(b"1"))
    first, second = (land(connector(server), DATASET, memory) for _ in range(2))
    assert contents(first) == contents(second) == [b"1"]
    assert first[0].arrival.fingerprint != second[0].arrival.fingerprint


def test_a_fingerprint_of_another_kind_of_connector_does_no_harm(server):
    for foreign in ("5-1700000000", "[1]", "5", "null", '"text"'):
        memory = Memory(latest={"x.csv": foreign})
        serve(server, Answer(b"1", headers={"ETag": '"a"'}))
        assert contents(land(connector(server), DATASET, memory)) == [b"1"]


def test_bytes_are_asked_for_as_they_are(server):
    serve(server, Answer(b"\x1f\x8b not really gzip"))
    land(connector(server), DATASET, Memory())
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    ("origin", "said", "name"),
    [
        ("data/x.csv", {}, "x.csv"),
        ("data/x%20y.csv?format=csv", {}, "x y.csv"),
        ("data/", {}, "data"),
        ("", {}, "d"),
        ("export", {"Content-Disposition": 'attachment; filename="hires.csv"'}, "hires.csv"),
        ("export", {"Content-Disposition": "attachment; filename*=UTF-8''caf%C3%A9.csv"}, "café.csv"),
        ("export", {"Content-Disposition": 'attachment; filename="../../etc/passwd"'}, "passwd"),
        ("export", {"Content-Disposition": r'attachment; filename="..\\..\\boot.ini"'}, "boot.ini"),
        ("export", {"Content-Disposition": 'attachment; filename=".."'}, "d"),
        ("export", {"Content-Disposition": "inline"}, "export"),
        ("a%2F..%2Fb%00.csv", {}, "b_.csv"),
    ],
)
def test_a_file_is_named_after_what_the_server_says_or_else_its_path(server, origin, said, name):
    serve(server, Answer(b"1", headers=said))
    (taken,) = land(connector(server), Dataset("d", "s", origin=origin), Memory())
    assert taken.arrival.name == name
    assert taken.arrival.origin == (origin or "/")


def test_a_whole_url_needs_no_base(server):
    serve(server, Answer(b"1"))
    dataset = Dataset("d", "s", origin="${LAKE_TEST_HOST:-" + server.url + "}/x.csv")
    (taken,) = land(Http(Source("s", "http")), dataset, Memory())
    assert taken.content == b"1"
    assert server.asked[0].path == "/x.csv"
