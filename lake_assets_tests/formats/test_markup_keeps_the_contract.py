from lake_assets_tests.formats.contract import WholeFileContract

PAGE = b"<html><table><tr><th>id<th>name<tr><td>1<td>Anna<tr><td>2<td><tr><td>3<td>Ben</table></html>"


class TestXml(WholeFileContract):
    kind = "xml"
    clean = b"<bikes><bike id='1'><name>Anna</name></bike><bike id='2'/><bike id='3'><name/></bike></bikes>"
    truncated = clean[:-10]


class TestHtml(WholeFileContract):
    kind = "html"
    own = "html"
    clean = PAGE
    truncated = PAGE[:20]
