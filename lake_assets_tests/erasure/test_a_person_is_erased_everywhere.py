"""The story: a person in CSV, JSON, quarantine, pseudonyms and an aggregate is told of, erased, proved gone."""

import pytest

from lake_assets.cleaning.keys import pseudonym
from lake_assets.lake import erase_subject, look_for_subject
from lake_assets_tests.erasure.people import KEY, SUBJECT, places_of


def test_s(peopled):
    told = look_for_subject(peopled.lake, SUBJECT)
    for each in told.touched: print(each)
    print(told.records, len(told.proof.remains))
    done = erase_subject(peopled.lake, SUBJECT, "", "ticket 7", "officer")
    for each in done.touched: print(each)
    print(done.failures, done.proof, done.decision_id)
    print(places_of(peopled.folder / "lake", SUBJECT))
    for t in ("formatted.riders","trusted.riders","trusted.hires","quarantine.riders","exploitation.riders_by_city","governance.processed_files","governance.decisions","governance.erased_records","governance.erased_files"):
        print(t, peopled.frame(t).to_dicts())
    for p,b in peopled.landed_bytes().items(): print(p,b)
    assert 0
