import gzip

from lake_assets_tests.formats.contract import FormatContract


class TestCsv(FormatContract):
    kind = "csv"
    clean = b'id,name\n1,Anna\n2,"B, C"\n3,\n'
    dirty = b"id,name\n1,Anna\n2,Ben\n3\n4,Dora\n"
    truncated = gzip.compress(clean * 1000)[:-20]
