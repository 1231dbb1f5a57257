from lake_assets_tests.formats.contract import WholeFileContract
from lake_assets_tests.formats.workbooks import ods, xlsx

ROWS: list[list[object]] = [["id", "name"], [1, "Anna"], [2, None], [3, "Ben"]]


class TestExcel(WholeFileContract):
    kind = "excel"
    own = "zip"
    clean = xlsx({"bikes": ROWS})
    truncated = clean[:-20]


class TestOds(WholeFileContract):
    kind = "ods"
    own = "zip"
    clean = ods(ROWS)
    truncated = clean[:-20]
