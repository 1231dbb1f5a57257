from lake_assets_tests.formats.contract import WholeFileContract
from lake_assets_tests.formats.tables import CLEAN, parquet


class TestParquet(WholeFileContract):
    kind = "parquet"
    own = "parquet"
    clean = parquet(CLEAN)
    truncated = parquet(CLEAN)[:-20]
