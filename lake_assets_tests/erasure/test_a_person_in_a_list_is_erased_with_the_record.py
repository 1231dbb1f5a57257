"""A person who is an element of a list goes with the record of the list; a mention within one is overwritten."""

import json

from lake_assets.lake import erase_subject
from lake_assets_tests.erasure.people import SUBJECT, places_of

ORDERS = """\
orders:
  from: "*.json"
  format: json
  key: [id]
  columns:
    id: int
    travellers: {type: nested, personal: true}
  children: {remarks: {of: seen, rules: [{length: {by: [0, 60]}}]}}
"""


def _order(number, *emails, seen=()):
    return {
        "id": number,
        "travellers": [{"email": each} for each in emails],
        "seen": [{"by": each} for each in seen],
    }


def test_it_is_so(a_lake):
    a_lake.declare(ORDERS)
    orders = [
        _order(1, "a@example.org", SUBJECT, seen=["the first"]),
        _order(2, "b@example.org", seen=[f"told {SUBJECT} of it"]),
        _order(3, "c@example.org", seen=["the third"]),
        _order(4, "d@example.org", seen=[f"too long a remark, which is why it is set aside: {SUBJECT}"]),
    ]
    a_lake.drop("orders.json", json.dumps(orders))
    a_lake.ingest_whole()
    assert (a_lake.count("trusted.remarks"), a_lake.count("quarantine.remarks")) == (3, 1)
    done = erase_subject(a_lake.lake, SUBJECT, "travellers", "ticket 7", "the officer")
    assert (done.records, done.proof.remains, done.failures) == (2, (), ())
    assert places_of(a_lake.folder / "lake", SUBJECT) == []
    assert a_lake.rows("trusted.orders", "id") == [(2,), (3,)]
    told = f"told {'*' * len(SUBJECT)} of it"
    assert sorted(a_lake.rows("trusted.remarks", "id", "by")) == [(2, told), (3, "the third")]
    assert a_lake.rows("trusted.orders", "seen")[0] == ([{"by": told}],)
    assert a_lake.count("quarantine.remarks") == 0
    assert not a_lake.ingest_whole().is_changed
