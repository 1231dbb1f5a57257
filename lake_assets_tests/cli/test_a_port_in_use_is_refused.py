"""A port that the UI cannot have is told before anything else is done."""

import socket

import pytest


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_it_is_told_with_another_to_choose(small_lake, taken_port):
    told = small_lake.run("up", "--port", str(taken_port))
    assert told.exit_code == 1
    assert told.stderr.startswith(
        f"the UI cannot have port {taken_port}: address already in use\n  at: 127.0.0.1:"
    )
    assert f"lake up --port {taken_port + 1}" in told.stderr


def test_nothing_was_done(small_lake, taken_port):
    small_lake.run("up", "--port", str(taken_port))
    assert not (small_lake.folder / "lake").exists()


def test_without_the_ui_no_port_is_needed(small_lake, taken_port):
    assert small_lake.run("up", "--no-ui", "--port", str(taken_port)).exit_code == 0
