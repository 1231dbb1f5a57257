import polars as pl


def test_it_is_first_by_file_and_record_whatever_the_order_of_rows(judge_batch):
    batch = pl.DataFrame({"_file": [9, 2, 9, 2], "_row": [1, 8, 2, 5], "a": [None, None, 1, None]})
    (verdict,) = judge_batch(batch, {"not_null": "a"}).verdicts
    assert (verdict.broken, verdict.example) == (3, "file 2, row 5")


def test_the_largest_file_ids_keep_their_place(judge_batch):
    batch = pl.DataFrame(
        {"_file": [2**63 - 1], "_row": [2**63 - 1], "a": [None]}, schema_overrides={"a": pl.Int64}
    )
    (verdict,) = judge_batch(batch, {"not_null": "a"}).verdicts
    assert verdict.example == f"file {2**63 - 1}, row {2**63 - 1}"


def test_rows_without_provenance_have_no_example(judge_batch):
    (verdict,) = judge_batch(pl.DataFrame({"a": [None, 1]}), {"not_null": "a"}).verdicts
    assert (verdict.broken, verdict.example) == (1, "")
