"""What the tests of quality share: a small table, and the whole way from declared rules to verdicts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from lake_assets.errors import UnknownTableError
from lake_assets.model import TableRef, Verdict
from lake_assets.quality import CompiledRule, compile_rules, declare_rule, judge, keep

Lake = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """A batch after its rules were judged."""

    compiled: list[CompiledRule]
    kept: pl.DataFrame
    set_aside: pl.DataFrame
    verdicts: list[Verdict]


Judge = Callable[..., Outcome]


def open_in(lake: Lake) -> Callable[[TableRef], pl.LazyFrame]:
    def open_table(table: TableRef) -> pl.LazyFrame:
        if str(table) not in lake:
            raise UnknownTableError(f"no table {table}")
        return lake[str(table)].lazy()

    return open_table


@pytest.fixture
def judge_batch(tmp_path: Path) -> Judge:
    """Compile, split with the real sink, and judge what it wrote."""

    def judged(batch: pl.DataFrame, *declared: dict[str, object], lake: Lake | None = None, **more: object):
        source = tmp_path / "batch.parquet"
        batch.write_parquet(source)
        rules = [declare_rule(one, owner="team:test") for one in declared]
        compiled = compile_rules(rules, pl.scan_parquet(source), open_in(lake or {}), **more)
        key = [keep(compiled).alias("kept")]
        pl.scan_parquet(source).sink_parquet(
            pl.PartitionBy(tmp_path / "out", key=key, include_key=False), mkdir=True
        )
        kept, set_aside = (
            _part(tmp_path / "out" / f"kept={kept}", batch.schema) for kept in ("true", "false")
        )
        rows = {"kept_rows": kept.height, "set_aside_rows": set_aside.height}
        return Outcome(compiled, kept, set_aside, judge(compiled, kept.lazy(), set_aside.lazy(), **rows))

    return judged


def _part(folder: Path, schema: pl.Schema) -> pl.DataFrame:
    files = sorted(folder.glob("*.parquet"))
    return pl.concat([pl.DataFrame(schema=schema), *map(pl.read_parquet, files)])


def with_provenance(**columns: object) -> pl.DataFrame:
    frame = pl.DataFrame(columns)
    rows = pl.int_range(1, frame.height + 1, eager=True)
    return frame.with_columns(_file=pl.lit(1, pl.Int64), _row=rows)


@pytest.fixture
def rows() -> Callable[..., pl.DataFrame]:
    """Columns as a batch of one file."""
    return with_provenance
