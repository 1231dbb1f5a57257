"""Files that wait in temporary landing are known: a run that died between fetching and landing repeats nothing."""

from lake_assets.governance.processed_files import all_files
from lake_assets_tests.zones.sources import BIKES, Memory, noted, steps


def test_the_next_run_lands_them(a_lake):
    source = Memory({"a": b"id\n1\n", "b": b"id\n2\n"})
    steps(a_lake).fetch(BIKES, source)
    again = steps(a_lake)
    assert not again.fetch(BIKES, source).is_changed
    assert again.land(BIKES).files == 2
    assert source.asked == ["a", "b"]
    assert noted(a_lake) == [("a", "landed"), ("b", "landed")]


def test_what_the_connector_asked_to_remember_counts_from_then_on(a_lake):
    class Remembering(Memory):
        def discover(self, dataset, known):
            self.asked.append(known.state)
            return super().discover(dataset, known)

    source = Remembering({"a": b"id\n1\n"})
    for _ in range(2):
        steps(a_lake).fetch(BIKES, source)
    steps(a_lake).land(BIKES)
    steps(a_lake).fetch(BIKES, source)
    assert source.asked == ["", "a", "after a", "after a"]


def test_a_later_batch_lands_after_it(a_lake):
    for name in ("b", "a"):
        steps(a_lake).fetch(BIKES, Memory({name: name.encode()}))
    steps(a_lake).land(BIKES)
    assert noted(a_lake) == [("b", "landed"), ("a", "landed")]
    rows = all_files(a_lake.lake.root, BIKES)
    assert rows[0].file_id < rows[1].file_id
