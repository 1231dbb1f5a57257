"""The page of quality begins with what is worst, and every rule tells how it came out run by run."""

from lake_assets.model import Severity, Verdict
from lake_assets.site.sparks import verdict_history
from lake_assets_tests.site.conftest import words

RULES = """\
bikes:
  from: 'b*.csv'
  columns: {bike_id: int, wheels: int, gears: int}
  rules:
    - {in_range: {wheels: [0, 4]}, severity: warn}
    - {in_range: {gears: [0, 5]}, severity: block}
    - in_range: {bike_id: [0, 2]}
    - {not_null: bike_id, severity: warn}
"""


def test_gravest_first_then_those_kept(a_site):
    a_site.lake.declare(RULES, source="bikes")
    a_site.lake.drop("b.csv", "bike_id,wheels,gears\n1,9,9\n2,9,1\n3,1,1\n")
    a_site.lake.ingest()
    a_site.write()
    page = a_site.page("quality.html")
    broken = [words(each) for each in page.xpath("//section[@aria-labelledby='broken']//th[@scope='row']/a")]
    of_bikes = [name for name in broken if name in {"wheels_in_range", "gears_in_range", "bike_id_in_range"}]
    assert of_bikes == ["gears_in_range", "bike_id_in_range", "wheels_in_range"]
    assert "bike_id_not_null" in words(page.xpath("//section[@aria-labelledby='kept']")[0])


def verdict(broken, judged=100):
    return Verdict("r", Severity.WARN, judged, broken)


def test_a_history_has_a_bar_for_each_run_that_judged():
    drawn = str(verdict_history([verdict(0), None, verdict(50), verdict(100)]))
    assert drawn.count('class="broken warn"') == 2
    assert drawn.count('class="kept"') == 1
    assert 'aria-label="kept in 1 of 3 runs"' in drawn


def test_the_more_rows_break_a_rule_the_higher_its_bar():
    heights = [_height(str(verdict_history([verdict(broken)]))) for broken in (0, 1, 50, 100)]
    assert heights == sorted(set(heights))


def _height(drawn):
    return float(drawn.rpartition('height="')[2].partition('"')[0])
