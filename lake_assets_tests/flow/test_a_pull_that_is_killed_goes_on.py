"""`lake ingest` killed in the middle of a pull: what it got is kept, and the next run asks for the rest alone."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from lake_assets_tests.connectors.servers import Answer, scripted

pytestmark = pytest.mark.heavy

LAKE = Path(sys.executable).with_name("lake")
PAGES, RECORDS = 40, 50
SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {{kind: rest, base_url: "{url}"}}
  datasets:
    readings:
      from: readings
      format: {{kind: json, records: items}}
      key: [id]
      options:
        data_selector: items
        paginator: {paginator}
        incremental: {{cursor_path: id, param: since, row_order: asc}}
"""
PAGINATORS = {
    "cursor": "{type: cursor, cursor_path: next, cursor_param: after}",
    "offset": "{type: offset, limit: 50, total_path: total}",
    "page_number": "{type: page_number}",
}


class Plant:
    """Readings, page by page, each after a moment."""

    def __init__(self):
        self.count = PAGES * RECORDS

    def answer(self, asked):
        time.sleep(0.01)
        query = asked.query
        since = int(query.get("since", 0))
        start = int(query.get("after") or query.get("offset") or int(query.get("page", 0)) * RECORDS)
        wanted = range(since + start + 1, min(self.count, since + start + RECORDS) + 1)
        records = [{"id": number, "amount": number / 4} for number in wanted]
        following = start + RECORDS if since + start + RECORDS < self.count else None
        page = {"items": records, "next": following, "total": self.count - since}
        return Answer(json.dumps(page).encode())


def ingest(folder):
    environment = {
        **os.environ,
        "LAKE_ROOT": f"{folder}/lake",
        "LAKE_DEFS": f"{folder}/defs",
        "LAKE_PROJECT": str(folder),
    }
    return subprocess.Popen(
        [LAKE, "ingest"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def finish(folder):
    process = ingest(folder)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()


def rows(folder):
    return pl.read_delta(f"{folder}/lake/trusted/readings").sort("id")


@pytest.mark.parametrize("paginator", PAGINATORS)
def test_no_page_is_asked_for_twice_but_the_one_under_way(tmp_path, paginator):
    plant = Plant()
    with scripted(plant.answer) as server:
        declared = SOURCE.format(url=server.url, paginator=PAGINATORS[paginator])
        (tmp_path / "defs" / "plant").mkdir(parents=True)
        (tmp_path / "defs" / "plant" / "defs.yaml").write_text(declared)
        for kill_at in (5, 17, 18, 30):
            process = ingest(tmp_path)
            while len(server.asked) < kill_at and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        finish(tmp_path)
        asked = Counter(each.target for each in server.asked)
        assert sum(asked.values()) - len(asked) <= 4
        assert rows(tmp_path)["id"].to_list() == list(range(1, plant.count + 1))
        assert rows(tmp_path)["amount"].sum() == sum(range(1, plant.count + 1)) / 4
        plant.count += 10
        server.asked.clear()
        finish(tmp_path)
        assert rows(tmp_path).height == plant.count
        # Where pages are numbered, what came since the last interruption is asked for.
        assert len(server.asked) <= (20 if paginator == "page_number" else 2)


def test_every_page_is_kept_as_the_server_sent_it(tmp_path):
    plant, sent = Plant(), []

    def answer(asked):
        sent.append(plant.answer(asked))
        return sent[-1]

    with scripted(answer) as server:
        declared = SOURCE.format(url=server.url, paginator=PAGINATORS["cursor"])
        (tmp_path / "defs" / "plant").mkdir(parents=True)
        (tmp_path / "defs" / "plant" / "defs.yaml").write_text(declared)
        finish(tmp_path)
    kept = sorted((tmp_path / "lake" / "persistent_landing" / "plant" / "readings").iterdir())
    assert [file.read_bytes() for file in kept] == [answer.body for answer in sent]
    noted = pl.read_delta(tmp_path / "lake" / "governance" / "processed_files").sort("file_id")
    assert noted["origin"].to_list()[:2] == ["readings", "readings?after=50"]
    assert noted["fingerprint"].str.starts_with("sha256:").all()
