"""Lakes of one landed file that holds a person, and the person taken out of it."""

from lake_assets.lake import erase_subject
from lake_assets_tests.erasure.people import SUBJECT, places_of

PEOPLE = """\
people:
  from: "{pattern}"
  format: {format}
  columns:
    id: int
    email: {{type: text, personal: true}}
"""
ROWS = [{"id": 1, "email": "a@example.org"}, {"id": 2, "email": SUBJECT}, {"id": 3, "email": "c@example.org"}]
CSV = f"id,email\n1,a@example.org\n2,{SUBJECT}\n3,c@example.org\n"
LEFT = b"id,email\n1,a@example.org\n,\n3,c@example.org\n"


def lake_of(a_lake, kind, data, name="people-1.data"):
    """A lake with a file of which the second record is the person's."""
    a_lake.declare(PEOPLE.format(pattern="people*", format=kind))
    a_lake.drop(name, data)
    a_lake.ingest_whole()
    assert a_lake.rows("formatted.people", "id") == [(1,), (2,), (3,)]
    return a_lake


def erase_one(a_lake):
    """Take the person out; what was done, in words."""
    done = erase_subject(a_lake.lake, SUBJECT, "", "ticket 7", "the officer")
    assert (done.records, done.proof.remains, done.failures) == (1, (), ())
    assert places_of(a_lake.folder / "lake", SUBJECT) == []
    assert a_lake.rows("formatted.people", "id", "_row") == [(1, 1), (3, 3)]
    return {each.what for each in done.touched}
