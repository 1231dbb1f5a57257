"""Every edge of a drawing goes to the right, boxes do not lie on each other, all that is declared is there."""

import itertools

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from lake_assets.site.drawing import Node, draw
from lake_assets.site.flow import Edge, Flow, flow_of
from lake_assets.site.layout import lay_out

NAMES = [f"trusted.t{number}" for number in range(9)]
PAIRS = [(one, other) for one, other in itertools.combinations(NAMES, 2)]


@given(st.lists(st.sampled_from(PAIRS), unique=True))
def test_a_table_stands_to_the_right_of_what_it_is_made_of(pairs):
    layout = lay_out(Flow(tuple(NAMES), tuple(Edge(*pair) for pair in pairs)))
    assert all(layout.ranks[start] < layout.ranks[end] for start, end in pairs)


@given(st.lists(st.sampled_from(PAIRS), unique=True))
def test_boxes_of_a_column_do_not_overlap(pairs):
    layout = lay_out(Flow(tuple(NAMES), tuple(Edge(*pair) for pair in pairs)))
    places = [(layout.ranks[name], layout.heights[name]) for name in NAMES]
    for (rank, height), (other_rank, other_height) in itertools.combinations(places, 2):
        assert rank != other_rank or abs(height - other_height) > 0.999


def test_a_circle_is_drawn_all_the_same():
    edges = (Edge("trusted.t0", "trusted.t1"), Edge("trusted.t1", "trusted.t0"))
    assert len(lay_out(Flow(tuple(NAMES[:2]), edges)).ranks) == 2


def test_the_nearest_are_drawn_and_the_others_counted():
    chain = tuple(Edge(one, other) for one, other in itertools.pairwise(NAMES))
    part, left_out = Flow(tuple(NAMES), chain).around("trusted.t4", 4)
    assert part.nodes == ("trusted.t2", "trusted.t3", "trusted.t4", "trusted.t5", "trusted.t6")
    assert left_out == 4


def test_the_flow_holds_every_declared_step(a_site):
    edges = {(edge.start, edge.end) for edge in flow_of(a_site.lake.lake.declarations).edges}
    assert edges == {
        ("source:inbox", "formatted.hires"),
        ("formatted.hires", "trusted.hires"),
        ("trusted.hires", "exploitation.takings"),
    }


def test_names_in_a_drawing_are_text():
    drawn = draw(Flow(("trusted.t0",), ()), {"trusted.t0": Node('<b>"&', "<i>", "x.html?a&b")}, "<u>")
    assert not html.fromstring(str(drawn)).xpath("//b | //i | //u")


def test_the_page_draws_what_is_before_and_after(a_site):
    a_site.write()
    page = a_site.page("tables/trusted.hires.html")
    drawn = page.xpath(
        "//section[@aria-labelledby='lineage']//*[local-name()='svg']//*[local-name()='a']/@href"
    )
    assert sorted(drawn) == [
        "../sources/inbox.html",
        "../tables/exploitation.takings.html",
        "../tables/formatted.hires.html",
    ]
