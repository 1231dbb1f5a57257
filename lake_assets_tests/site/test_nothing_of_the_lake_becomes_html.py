"""Whatever a lake is told, the pages show it as text."""

import re

from lxml import html

EVIL = "<script>alert(1)</script>"
DATASET = f"""\
bikes:
  from: '<*.csv'
  description: "{EVIL}"
  grain: "{EVIL}"
  columns:
    bike_id: {{type: int, description: "{EVIL}", unit: "<b>"}}
  rules:
    - {{in_range: {{bike_id: [0, 5]}}, reason: "{EVIL}"}}
"""
SQL = f"/*\ndescription: '{EVIL}'\n*/\nSELECT bike_id, '{EVIL}' AS said FROM trusted.bikes"


def scripts(text):
    return html.fromstring(text).xpath("//script[not(@src)]")


def test_descriptions_names_and_values_are_escaped(a_site):
    a_site.lake.declare(DATASET, source="evil")
    a_site.lake.declare_table("said", SQL)
    a_site.lake.drop("<img src=x onerror=alert(2)>.csv", "bike_id,hire_id,price,rider,<u>\n7,1,1,a,b\n")
    a_site.lake.ingest_whole()
    a_site.profile()
    a_site.write()
    for page, text in a_site.pages().items():
        assert not scripts(text), page
        assert not html.fromstring(text).xpath("//img | //u | //b"), page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in a_site.text("tables/exploitation.said.html")
    assert "<" not in re.sub(r"^.*?\n", "", a_site.text("search-index.js"))
