"""Files end in the same rows, whether they come in one run or in many."""

import pytest

from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.flow.twins import contents

FILES = [
    "id,mail,price\n1,a,5\n2,b,5\n",
    "id,mail,price\n1,a,6\n3,c,77\n",
    "id,mail,price\n",
    "id,mail,price\n2,d,7\n3,c,5\n",
    "id,mail,price\n1,e,88\n",
]
RULES = {
    "upsert": "[{in_range: {price: [0, 9]}}, {unique: [id]}, {unique: [id, mail]}]",
    "append": "[{in_range: {price: [0, 9]}}, {unique: [id]}]",
    "replace": "[{in_range: {price: [0, 9]}}, {unique: [id]}, {row_count: {max: 2}}]",
}


def _ingested(folder, mode, *, at_once):
    a_lake = ALake(folder)
    a_lake.declare(f"bikes: {{from: '*.csv', key: [id], write: {mode}, rules: {RULES[mode]}}}")
    for number, content in enumerate(FILES):
        a_lake.drop(f"{number}.csv", content)
        if not at_once:
            a_lake.ingest_whole()
    a_lake.ingest_whole()
    return a_lake


@pytest.mark.parametrize("mode", RULES)
def test_every_table_is_the_same(tmp_path, mode):
    one = contents(_ingested(tmp_path / "one", mode, at_once=True))
    many = contents(_ingested(tmp_path / "many", mode, at_once=False))
    assert one.keys() == many.keys()
    assert [name for name in one if not one[name].equals(many[name])] == []


@pytest.mark.parametrize(
    ("files", "trusted"),
    [
        (["id,mail\n1,a\n", "id,mail\n1,a\n1,a\n"], [(1, "a", 2)]),
        (["id,mail\n1,a\n", "id,mail\n2,a\n"], [(1, "a", 1)]),
        (["id,mail\n1,a\n2,b\n", "id,mail\n1,c\n2,a\n"], [(1, "c", 1), (2, "a", 2)]),
    ],
)
def test_an_upsert_measures_a_unique_value_by_rows_of_other_keys(a_lake, files, trusted):
    a_lake.declare("bikes: {from: '*.csv', key: [id], rules: [{unique: [mail]}]}")
    for number, content in enumerate(files):
        a_lake.drop(f"{number}.csv", content)
        a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "mail", "_row") == trusted
