"""However the process that started the servers ends, they end too."""

import json
import signal
import socket
import subprocess
import time
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.heavy

_PARENT = """if True:
    import json, pathlib, sys, time
    from lake_assets.demo import prepare, serve
    with serve(prepare(pathlib.Path(sys.argv[1]))) as servers:
        print(json.dumps(servers.environment), flush=True)
        time.sleep(300)
"""


def _ports(environment):
    urls = (environment[f"LAKE_DEMO_{name}"] for name in ("FILES_URL", "WEATHER_URL", "S3_ENDPOINT"))
    return [urlsplit(url).port for url in urls]


def _listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_server_outlives_its_parent(end, files, python):
    with subprocess.Popen(
        python(_PARENT, files.home), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        ports = _ports(json.loads(parent.stdout.readline()))
        assert [_listens(port) for port in ports] == [True] * 3
        parent.send_signal(end)
        parent.wait(30)
    deadline = time.monotonic() + 10
    while any(map(_listens, ports)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [_listens(port) for port in ports] == [False] * 3
