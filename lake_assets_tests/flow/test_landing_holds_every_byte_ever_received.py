"""Persistent landing holds every byte ever received, once, and nothing else."""

from lake_assets_tests.flow.months import Inbox, corrected, declare, months


def test_every_version_is_kept_as_it_came(a_lake):
    declare(a_lake)
    inbox = Inbox(a_lake)
    january, february, *_ = months(1)
    inbox.drop("01.csv", january)
    a_lake.ingest_whole()
    for name, content in [
        ("01.csv", corrected(january, 1)),
        ("02.csv", february),
        ("again.csv", january),
        ("broken.csv", b"\x89PNG\r\n\x1a\n"),
        ("empty.csv", b""),
    ]:
        a_lake.drop(f"flights/{name}", content)
        inbox.received.add(content)
    a_lake.ingest()
    assert sorted(a_lake.landed_bytes().values()) == sorted(inbox.received)


def test_what_was_landed_is_gone_from_temporary_landing(a_lake):
    declare(a_lake)
    a_lake.drop("flights/01.csv", months(1)[0])
    a_lake.ingest_whole()
    assert not [path for path in a_lake.paths() if path.startswith("temporary_landing")]
