"""One server: where it listens, what it leaves, and what is said of one that fails."""

import urllib.request

import pytest

from lake_assets.demo import DemoError
from lake_assets.demo._server import Program, running

_WEB = ("http.server", "--bind", "127.0.0.1")


def _get(url):
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as response:
        return response.read()


@pytest.fixture
def web(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"1,2\n")
    return Program("web", (*_WEB, "--directory", str(tmp_path), "0"), "/a.csv")


def test_it_answers_at_the_url_it_gives_and_stops_with_the_block(web, tmp_path):
    with running(web, tmp_path / "logs") as server:
        url = server.url(30)
        assert _get(f"{url}/a.csv") == b"1,2\n"
    assert server.child.process.poll() == 0
    with pytest.raises(OSError, match="refused"):
        _get(url)


def test_it_stops_when_the_block_fails(web, tmp_path):
    with pytest.raises(ZeroDivisionError), running(web, tmp_path / "logs") as server:
        raise ZeroDivisionError
    assert server.child.process.poll() is not None


def test_what_it_prints_is_in_its_log(web, tmp_path):
    with running(web, tmp_path / "logs") as server:
        _get(f"{server.url(30)}/a.csv")
    assert "GET /a.csv" in (tmp_path / "logs" / "web.log").read_text()
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["web.log"]


def test_two_over_the_same_logs_keep_their_own_ports(web, tmp_path):
    with running(web, tmp_path / "logs") as first, running(web, tmp_path / "logs") as second:
        urls = {first.url(30), second.url(30)}
        assert len(urls) == 2
        assert [_get(f"{url}/a.csv") for url in urls] == [b"1,2\n"] * 2


def test_one_that_ends_early_is_named_with_its_last_lines(tmp_path):
    broken = Program("broken", (*_WEB, "no-port"), "/")
    with running(broken, tmp_path) as server, pytest.raises(DemoError) as caught:
        server.url(30)
    assert "'broken' ended with code 2" in caught.value.what
    assert "invalid int value: 'no-port'" in caught.value.what
    assert str(tmp_path / "broken.log") in caught.value.place


def test_one_that_never_listens_is_given_up_in_time(tmp_path):
    silent = Program("silent", ("timeit", "-n", "1", "-r", "1", "import time; time.sleep(60)"), "/")
    with running(silent, tmp_path) as server, pytest.raises(DemoError, match=r"did not answer within 0\.3 s"):
        server.url(0.3)
    assert server.child.process.poll() == 0


def test_one_that_is_deaf_to_its_parent_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("lake_assets.demo._child._STOP_S", 0.2)
    monkeypatch.setattr("lake_assets.demo._child._WARD", "-m")
    deaf = Program("deaf", ("timeit", "-n", "1", "-r", "1", "import time; time.sleep(60)"), "/")
    with running(deaf, tmp_path) as server:
        pass
    assert server.child.process.poll() == -9
