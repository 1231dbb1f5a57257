from lake_assets_tests.formats.contract import WholeFileContract
from lake_assets_tests.formats.tables import CLEAN, arrow_file, arrow_stream


class TestArrowFile(WholeFileContract):
    kind = "arrow"
    clean = arrow_file(CLEAN)
    truncated = arrow_file(CLEAN)[:-20]


class TestArrowStream(WholeFileContract):
    kind = "arrow"
    clean = arrow_stream(CLEAN)
    truncated = arrow_stream(CLEAN)[:-20]
