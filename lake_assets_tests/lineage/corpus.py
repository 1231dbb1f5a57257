"""Transformations of all kinds over three small tables, each with rows that a change of a column can move.

`sales` and `shops` share `shop`; `visits` has times, lists and structs. What is in them is chosen so that joins match
and do not match, groups have several rows, and nulls occur.
"""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import polars.selectors as cs

c = pl.col

TABLES = {
    "sales": pl.DataFrame(
        {
            "id": [1, 2, 3, 4, 5, 6, 7, 8],
            "shop": ["a", "b", "a", "c", "b", "a", None, "d"],
            "day": [date(2024, 1, 1 + place % 4) for place in range(8)],
            "price": [10.0, 20.0, 30.0, None, 50.0, 60.0, 70.0, 80.0],
            "pieces": [1, 2, 3, 4, 5, 6, 7, 8],
            "is_online": [True, False, True, None, False, True, False, True],
        }
    ),
    "shops": pl.DataFrame(
        {
            "shop": ["a", "b", "c", "e"],
            "town": ["Girona", "Reus", "Girona", "Vic"],
            "size": [100, 200, None, 50],
            "opened": [date(2020, 1, 1), date(2021, 5, 1), date(2019, 3, 3), date(2023, 2, 2)],
        }
    ),
    "visits": pl.DataFrame(
        {
            "at": [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=5 * place) for place in range(6)],
            "shop": ["a", "b", "a", "b", "a", "c"],
            "tags": [["x", "y"], ["x"], [], ["z", "x"], None, ["y"]],
            "marks": [[1, 2], [3], [4, 5, 6], [], [7], [8, 9]],
            "who": [{"name": name, "age": age} for name, age in zip("pqrstu", range(20, 26), strict=True)],
            "note": ["A b", "c-1", None, "d,e", "f,g,h", "b2"],
            "length_s": [5, 50, 500, 7, 70, 700],
        }
    ),
}
"""The tables by name."""

SQL = {
    "projection": "SELECT id, price FROM sales",
    "all": "SELECT * FROM sales",
    "exclude": "SELECT * EXCLUDE (price) FROM sales",
    "alias_and_cast": "SELECT CAST(pieces AS DOUBLE) AS p, id AS number FROM sales",
    "arithmetic": "SELECT id, price * pieces AS total FROM sales",
    "where": "SELECT id FROM sales WHERE price > 20 AND shop IS NOT NULL",
    "where_like": "SELECT town FROM shops WHERE town LIKE 'G%'",
    "where_between": "SELECT id FROM sales WHERE price BETWEEN 20 AND 60",
    "case": "SELECT id, CASE WHEN is_online THEN price WHEN pieces > 4 THEN 0 END AS paid FROM sales",
    "coalesce": "SELECT id, COALESCE(price, pieces) AS v, NULLIF(shop, 'a') AS s FROM sales",
    "inner_join": "SELECT s.id, h.town FROM sales AS s JOIN shops AS h ON s.shop = h.shop",
    "left_join": "SELECT s.id, h.town, h.size FROM sales AS s LEFT JOIN shops AS h ON s.shop = h.shop",
    "right_join": "SELECT s.id, h.shop, h.town FROM sales AS s RIGHT JOIN shops AS h ON s.shop = h.shop",
    "full_join": "SELECT s.shop AS one, h.shop AS other, s.id FROM sales AS s FULL JOIN shops AS h ON s.shop = h.shop",
    "full_join_using": "SELECT * FROM sales FULL JOIN shops USING (shop)",
    "cross_join": "SELECT s.id, h.town FROM sales AS s CROSS JOIN shops AS h",
    "unequal_join": "SELECT s.id, h.size FROM sales AS s JOIN shops AS h ON s.pieces < h.size",
    "two_joins": "SELECT s.id, h.town, v.length_s FROM sales AS s JOIN shops AS h ON s.shop = h.shop JOIN visits AS v "
    "ON h.shop = v.shop",
    "self_join": "SELECT a.id, b.price FROM sales AS a JOIN sales AS b ON a.pieces = b.id",
    "natural_join": "SELECT * FROM sales NATURAL JOIN shops",
    "semi_join": "SELECT id FROM sales SEMI JOIN shops ON sales.shop = shops.shop",
    "anti_join": "SELECT id FROM sales ANTI JOIN shops ON sales.shop = shops.shop",
    "in_subquery": "SELECT id FROM sales WHERE shop IN (SELECT shop FROM shops WHERE size > 100)",
    "not_in_subquery": "SELECT id FROM sales WHERE shop NOT IN (SELECT shop FROM shops WHERE size > 100)",
    "exists": "SELECT id FROM sales WHERE EXISTS (SELECT 1 FROM shops WHERE shops.shop = sales.shop)",
    "scalar_subquery": "SELECT id, (SELECT MAX(size) FROM shops) AS greatest FROM sales",
    "compared_subquery": "SELECT id FROM sales WHERE pieces > (SELECT AVG(length_s) / 50 FROM visits)",
    "group": "SELECT shop, SUM(price) AS total, COUNT(*) AS n FROM sales GROUP BY shop",
    "group_without_key": "SELECT SUM(price) AS total FROM sales GROUP BY shop ORDER BY total",
    "group_by_expression": "SELECT EXTRACT(DAY FROM day) AS d, AVG(price) AS mean FROM sales GROUP BY "
    "EXTRACT(DAY FROM day)",
    "having": "SELECT shop, COUNT(*) AS n FROM sales GROUP BY shop HAVING SUM(price) > 25",
    "count_distinct": "SELECT shop, COUNT(DISTINCT day) AS days FROM sales GROUP BY shop",
    "total": "SELECT SUM(price) AS total, COUNT(*) AS n, MIN(day) AS first FROM sales",
    "filtered_count": "SELECT shop, SUM(CASE WHEN is_online THEN 1 ELSE 0 END) AS online FROM sales GROUP BY shop",
    "row_number": "SELECT id, ROW_NUMBER() OVER (PARTITION BY shop ORDER BY price DESC) AS place FROM sales",
    "rank": "SELECT id, RANK() OVER (ORDER BY pieces) AS place FROM sales",
    "windowed_sum": "SELECT id, SUM(price) OVER (PARTITION BY shop) AS of_shop FROM sales",
    "running_sum": "SELECT id, SUM(pieces) OVER (PARTITION BY shop ORDER BY day) AS so_far FROM sales",
    "lag": "SELECT id, LAG(price) OVER (PARTITION BY shop ORDER BY day) AS before FROM sales",
    "qualify": "SELECT id, shop FROM sales QUALIFY ROW_NUMBER() OVER (PARTITION BY shop ORDER BY pieces DESC) = 1",
    "union": "SELECT shop FROM sales UNION SELECT shop FROM shops",
    "union_all": "SELECT shop AS s, pieces AS n FROM sales UNION ALL SELECT town, size FROM shops",
    "union_by_name": "SELECT shop, pieces AS size FROM sales UNION ALL BY NAME SELECT size, shop FROM shops",
    "intersect": "SELECT shop FROM sales INTERSECT SELECT shop FROM shops",
    "except": "SELECT shop FROM sales EXCEPT SELECT shop FROM shops",
    "distinct": "SELECT DISTINCT shop, is_online FROM sales",
    "distinct_on": "SELECT DISTINCT ON (shop) shop, id, pieces FROM sales ORDER BY shop, pieces DESC",
    "order_limit": "SELECT id, shop FROM sales ORDER BY price DESC LIMIT 3",
    "offset": "SELECT id FROM sales ORDER BY day, id LIMIT 3 OFFSET 2",
    "cte": "WITH big AS (SELECT * FROM sales WHERE pieces > 2), per AS (SELECT shop, SUM(price) AS total FROM big "
    "GROUP BY shop) SELECT p.shop, p.total, h.town FROM per AS p LEFT JOIN shops AS h ON p.shop = h.shop",
    "cte_twice": "WITH t AS (SELECT shop, pieces FROM sales WHERE is_online) SELECT a.shop, b.pieces FROM t AS a JOIN "
    "t AS b ON a.pieces = b.pieces",
    "derived": "SELECT d.town, d.n FROM (SELECT town, COUNT(*) AS n FROM shops GROUP BY town) AS d WHERE d.n > 1",
    "unnest": "SELECT shop, UNNEST(marks) AS mark FROM visits",
    "text": "SELECT UPPER(note) AS u, LENGTH(note) AS n, SUBSTR(note, 1, 1) AS f, CONCAT(shop, note) AS sn FROM visits",
    "replaced": "SELECT REGEXP_REPLACE(note, '[0-9]', '#') AS masked FROM visits",
    "dates": "SELECT DATE_TRUNC('day', at) AS day, EXTRACT(HOUR FROM at) AS hour FROM visits",
    "greatest": "SELECT GREATEST(pieces, price) AS g, ABS(price) AS a, ROUND(price, 0) AS r FROM sales",
    "values": "SELECT s.id, v.label FROM sales AS s JOIN (VALUES ('a', 'one'), ('b', 'two')) AS v(code, label) ON "
    "s.shop = v.code",
}
"""Queries over the tables."""


POLARS = {
    "select": lambda sales, shops, visits: sales.select("id", twice=c.pieces * 2),
    "with_columns": lambda sales, shops, visits: sales.with_columns(total=c.price * c.pieces),
    "overwrite": lambda sales, shops, visits: sales.with_columns(price=c.price.fill_null(c.pieces)),
    "drop_rename": lambda sales, shops, visits: sales.drop("day").rename({"price": "paid"}),
    "selectors": lambda sales, shops, visits: sales.select(cs.numeric().sum()),
    "filter": lambda sales, shops, visits: sales.filter(c.price > 20, c.shop != "b").select("id"),
    "filter_by_window": lambda sales, shops, visits: sales.filter(
        c.price == c.price.max().over("shop")
    ).select("id"),
    "filter_after_window": lambda sales, shops, visits: (
        sales.with_columns(m=c.price.max().over("shop")).filter(c.m > 55).select("id")
    ),
    "drop_nulls": lambda sales, shops, visits: sales.drop_nulls("price").select("id"),
    "unique_subset": lambda sales, shops, visits: sales.unique(
        "shop", keep="first", maintain_order=True
    ).select("id"),
    "unique_all": lambda sales, shops, visits: sales.select("shop", "is_online").unique(maintain_order=True),
    "sorted_head": lambda sales, shops, visits: sales.sort("price", nulls_last=True).head(3).select("id"),
    "tail": lambda sales, shops, visits: sales.sort("pieces", descending=True).tail(2).select("shop"),
    "top_k": lambda sales, shops, visits: sales.top_k(2, by="pieces").select("id"),
    "reverse_first": lambda sales, shops, visits: sales.reverse().select(c.id.first()),
    "first_after_sort": lambda sales, shops, visits: (
        sales.sort("pieces").group_by("is_online").agg(c.id.first())
    ),
    "group_named": lambda sales, shops, visits: sales.group_by("shop").agg(
        total=c.price.sum(), n=pl.len(), spread=c.price.max() - c.price.min()
    ),
    "group_filtered": lambda sales, shops, visits: sales.group_by("shop").agg(
        online=c.price.filter(c.is_online).sum(), best=c.id.sort_by("price").last()
    ),
    "group_lists": lambda sales, shops, visits: sales.group_by("shop").agg("pieces", "price"),
    "group_top_k_by": lambda sales, shops, visits: sales.group_by("is_online").agg(c.id.top_k_by("price", 2)),
    "group_by_truncated": lambda sales, shops, visits: visits.group_by(c.at.dt.truncate("12h")).agg(
        c.length_s.mean()
    ),
    "group_dynamic": lambda sales, shops, visits: (
        visits.sort("at").group_by_dynamic("at", every="12h", include_boundaries=True).agg(c.length_s.sum())
    ),
    "group_rolling": lambda sales, shops, visits: (
        visits.sort("at").rolling("at", period="12h").agg(c.length_s.sum())
    ),
    "group_quantile": lambda sales, shops, visits: sales.group_by("shop").agg(
        q=c.price.quantile(0.5), s=c.price.std(), u=c.day.n_unique()
    ),
    "left_join": lambda sales, shops, visits: sales.join(shops, on="shop", how="left"),
    "inner_join": lambda sales, shops, visits: sales.join(shops, on="shop").select("id", "town"),
    "full_join": lambda sales, shops, visits: sales.join(shops, on="shop", how="full"),
    "full_join_coalesced": lambda sales, shops, visits: sales.join(
        shops, on="shop", how="full", coalesce=True
    ),
    "full_join_of_types": lambda sales, shops, visits: sales.select("id", k=c.pieces.cast(pl.Int32)).join(
        shops.select("town", k=c.size // 50), on="k", how="full", coalesce=True
    ),
    "right_join": lambda sales, shops, visits: sales.join(shops, on="shop", how="right"),
    "right_join_of_names": lambda sales, shops, visits: sales.select("id", "shop", town=c.pieces).join(
        shops, left_on="shop", right_on="shop", how="right"
    ),
    "right_join_of_others": lambda sales, shops, visits: sales.select("id", town="shop").join(
        shops, left_on="town", right_on="shop", how="right"
    ),
    "join_on_expression": lambda sales, shops, visits: sales.join(
        shops, left_on=c.pieces * 50, right_on=c.size, how="inner"
    ).select("id", "town"),
    "semi_join": lambda sales, shops, visits: sales.join(shops, on="shop", how="semi").select("id"),
    "anti_join": lambda sales, shops, visits: sales.join(
        shops.filter(c.size > 60), on="shop", how="anti"
    ).select("id"),
    "cross_join": lambda sales, shops, visits: sales.join(shops, how="cross").select("id", "town"),
    "join_where": lambda sales, shops, visits: sales.join_where(
        shops, c.pieces * 40 > c.size, c.day > c.opened
    ).select("id", "town"),
    "join_where_sum": lambda sales, shops, visits: sales.join_where(shops, (c.pieces + c.size) > 104).select(
        "id", "town"
    ),
    "asof": lambda sales, shops, visits: visits.sort("at").join_asof(
        sales.select(at=c.day.cast(pl.Datetime("us", "UTC")), price="price", shop="shop").sort("at"),
        on="at",
        by="shop",
    ),
    "self_join": lambda sales, shops, visits: sales.join(
        sales, left_on="pieces", right_on="id", suffix="_2"
    ).select("id", "price_2"),
    "joined_filtered": lambda sales, shops, visits: sales.join(
        shops.filter(c.town != "Vic"), on="shop", how="left"
    ).select("town"),
    "over": lambda sales, shops, visits: sales.select("id", share=c.price / c.price.sum().over("shop")),
    "over_ordered": lambda sales, shops, visits: sales.select(
        "id", run=c.pieces.cum_sum().over("shop", order_by="price")
    ),
    "over_explode": lambda sales, shops, visits: sales.select(
        c.shop.sort().over("is_online", mapping_strategy="explode"), pl.lit(1).alias("one")
    ),
    "rank_over": lambda sales, shops, visits: sales.select("id", r=c.price.rank().over("day")),
    "shift_diff": lambda sales, shops, visits: sales.select(before=c.price.shift(1), change=c.pieces.diff()),
    "cumulative": lambda sales, shops, visits: sales.sort("day", "id").select("id", so_far=c.price.cum_sum()),
    "rolling_mean": lambda sales, shops, visits: sales.select(m=c.pieces.rolling_mean(3)),
    "rolling_by": lambda sales, shops, visits: visits.sort("at").select(
        m=c.length_s.rolling_mean_by("at", "12h")
    ),
    "rolling_expression": lambda sales, shops, visits: visits.sort("at").select(
        "shop", m=c.length_s.sum().rolling("at", period="12h")
    ),
    "when": lambda sales, shops, visits: sales.select(
        "id", v=pl.when(c.is_online).then(c.price).when(c.pieces > 4).then(c.pieces).otherwise(0)
    ),
    "coalesce": lambda sales, shops, visits: sales.select(v=pl.coalesce("price", "pieces")),
    "clip_between": lambda sales, shops, visits: sales.select(
        v=c.price.clip(0, c.pieces * 10), w=c.price.is_between(c.pieces, 60)
    ),
    "is_in_list": lambda sales, shops, visits: visits.select(
        v=c.length_s.is_in(c.marks), w=c.shop.is_in(["a", "b"])
    ),
    "horizontal": lambda sales, shops, visits: sales.select(
        s=pl.sum_horizontal("price", "pieces"),
        m=pl.max_horizontal("price", "id"),
        a=pl.any_horizontal("is_online"),
    ),
    "concat_list": lambda sales, shops, visits: sales.select(v=pl.concat_list("id", "pieces")),
    "concat": lambda sales, shops, visits: pl.concat([sales.select("shop"), shops.select("shop")]),
    "concat_diagonal": lambda sales, shops, visits: pl.concat(
        [sales.select("shop", "price"), shops.select("shop", "size")], how="diagonal"
    ),
    "concat_horizontal": lambda sales, shops, visits: pl.concat(
        [sales.head(4).select("id"), shops.select("town")], how="horizontal"
    ),
    "concat_twice": lambda sales, shops, visits: pl.concat(
        [
            sales.filter(c.pieces > 3).with_columns(z=c.price * 2),
            sales.filter(c.pieces > 3).with_columns(z=c.price * 2),
        ]
    ),
    "merge_sorted": lambda sales, shops, visits: (
        sales.select("shop", n="pieces")
        .sort("n")
        .merge_sorted(shops.select("shop", n="size").sort("n"), key="n")
    ),
    "pivot": lambda sales, shops, visits: sales.pivot(
        "shop", on_columns=["a", "b"], index="is_online", values="price", aggregate_function="sum"
    ),
    "unpivot": lambda sales, shops, visits: sales.unpivot(["price", "pieces"], index="id"),
    "unpivot_all": lambda sales, shops, visits: sales.select("price", "pieces").unpivot(),
    "explode": lambda sales, shops, visits: visits.select("shop", "tags").explode("tags"),
    "explode_two": lambda sales, shops, visits: visits.select("shop", "marks", copy="marks").explode(
        "marks", "copy"
    ),
    "unnest": lambda sales, shops, visits: visits.select("shop", "who").unnest("who"),
    "struct_field": lambda sales, shops, visits: visits.select(name=c.who.struct.field("name")),
    "struct_with_fields": lambda sales, shops, visits: visits.select(
        c.who.struct.with_fields(older=pl.field("age") + c.length_s)
    ),
    "struct_made": lambda sales, shops, visits: sales.select(both=pl.struct("id", "price")),
    "list_functions": lambda sales, shops, visits: visits.select(
        n=c.marks.list.len(),
        s=c.marks.list.sum(),
        f=c.marks.list.get(0, null_on_oob=True),
        j=c.tags.list.join("+"),
    ),
    "list_eval": lambda sales, shops, visits: visits.select("shop", v=c.marks.list.eval(pl.element() * 2)),
    "text": lambda sales, shops, visits: visits.select(
        u=c.note.str.to_uppercase(),
        n=c.note.str.len_chars(),
        p=c.note.str.split(",").list.get(0),
        f=pl.format("{}/{}", "shop", "note"),
    ),
    "text_parsed": lambda sales, shops, visits: visits.select(
        d=c.note.str.extract(r"(\d)").cast(pl.Int64), s=c.note.str.strip_chars("fb")
    ),
    "dates": lambda sales, shops, visits: visits.select(
        d=c.at.dt.truncate("1d"),
        m=c.at.dt.month(),
        w=c.at.dt.weekday(),
        z=c.at.dt.convert_time_zone("Europe/Madrid"),
        o=c.at.dt.offset_by("1h"),
    ),
    "dates_between": lambda sales, shops, visits: sales.join(shops, on="shop").select(
        age=(c.day - c.opened).dt.total_days()
    ),
    "date_made": lambda sales, shops, visits: sales.select(d=pl.date(2024, c.pieces, 1)),
    "replaced": lambda sales, shops, visits: sales.select(
        s=c.shop.replace({"a": "A"}), t=c.shop.replace_strict({"a": 1}, default=c.pieces)
    ),
    "cut": lambda sales, shops, visits: sales.select(b=c.price.bin_intervals([25, 55], labels=False)),
    "gathered": lambda sales, shops, visits: sales.select(
        g=c.price.gather(c.pieces - 1), h=c.id.gather([1, 2] * 4)
    ),
    "sort_by_expression": lambda sales, shops, visits: sales.select(v=c.id.sort_by("price", "pieces")),
    "filter_expression": lambda sales, shops, visits: sales.select(
        kept=c.id.filter(c.price > 20), total=c.pieces.sum(), m=c.day.max()
    ),
    "unique_expression": lambda sales, shops, visits: sales.select(
        c.shop.unique(maintain_order=True), n=c.pieces.max()
    ),
    "head_expression": lambda sales, shops, visits: sales.select(c.id.head(3), c.shop.tail(3)),
    "extremes": lambda sales, shops, visits: sales.select(
        cheapest=c.id.get(c.price.arg_min()), dearest=c.id.max_by("price"), where=c.price.index_of(30.0)
    ),
    "count_only": lambda sales, shops, visits: sales.filter(c.price > 20).select(pl.len()),
    "count_after_filter_expression": lambda sales, shops, visits: sales.select(
        c.price.filter(c.id > 2)
    ).select(pl.len()),
    "describe_counts": lambda sales, shops, visits: sales.select(pl.all().null_count()),
    "value_counts": lambda sales, shops, visits: sales.select(c.shop.value_counts(sort=True)).unnest("shop"),
    "correlation": lambda sales, shops, visits: sales.select(
        r=pl.corr("price", "pieces"), d=c.price.dot("pieces")
    ),
    "constant": lambda sales, shops, visits: sales.select(one=pl.lit(1), id="id"),
    "constant_frame": lambda sales, shops, visits: pl.LazyFrame(
        {"shop": ["a", "b"], "label": ["one", "two"]}
    ).join(sales, on="shop"),
    "row_index": lambda sales, shops, visits: (
        sales.filter(c.pieces > 2).with_row_index("place").select("place", "id")
    ),
    "int_range": lambda sales, shops, visits: sales.sort("price").select("id", n=pl.int_range(pl.len())),
    "forward_fill": lambda sales, shops, visits: sales.select(
        f=c.price.forward_fill(), i=c.price.interpolate()
    ),
    "fill_null": lambda sales, shops, visits: sales.fill_null(0),
    "update": lambda sales, shops, visits: sales.select("shop", town="shop").update(
        shops.select("shop", "town"), on="shop"
    ),
    "gather_every": lambda sales, shops, visits: sales.gather_every(2).select("id", "price"),
    "is_duplicated": lambda sales, shops, visits: sales.select(
        "id", d=c.shop.is_duplicated(), f=c.day.is_first_distinct()
    ),
    "rle": lambda sales, shops, visits: sales.select("id", r=c.is_online.rle_id()),
    "json": lambda sales, shops, visits: visits.select(j=c.who.struct.json_encode()),
    "ewm": lambda sales, shops, visits: sales.select(e=c.pieces.ewm_mean(alpha=0.5)),
    "scalar_broadcast": lambda sales, shops, visits: sales.select("id", above=c.price > c.price.mean()),
    "scalar_of_another": lambda sales, shops, visits: sales.join(
        shops.select(c.size.mean().alias("usual")), how="cross"
    ).select("id", above=c.pieces * 50 > c.usual),
    "long_chain": lambda sales, shops, visits: (
        visits.explode("marks")
        .group_by("shop")
        .agg(marks=c.marks.sum(), last=c.at.max())
        .join(shops, on="shop", how="left")
        .with_columns(old=c.last.dt.date() - c.opened)
        .filter(c.marks > 2)
        .sort("town", "shop")
        .head(2)
    ),
    "hour_of_week": lambda sales, shops, visits: visits.group_by(
        day=c.at.dt.weekday(), hour=c.at.dt.hour() // 6
    ).agg(n=pl.len(), l=c.length_s.median()),
    "two_levels": lambda sales, shops, visits: (
        sales.group_by("shop", "day").agg(c.price.sum()).group_by("shop").agg(c.price.max(), days=pl.len())
    ),
    "anti_then_union": lambda sales, shops, visits: pl.concat(
        [
            shops.join(sales, on="shop", how="anti").select("shop"),
            sales.filter(c.price.is_null()).select("shop"),
        ]
    ),
}
"""Functions over lazy frames of the tables."""

OPAQUE = {
    "map_elements": lambda sales, shops, visits: sales.select(
        "id", v=c.price.map_elements(lambda value: value + 1, return_dtype=pl.Float64)
    ),
    "map_batches": lambda sales, shops, visits: sales.select(
        "id",
        v=pl.map_batches(["price", "pieces"], lambda many: many[0] * many[1], return_dtype=pl.Float64),
    ),
    "frame_map_batches": lambda sales, shops, visits: sales.select("id", "price").map_batches(
        lambda frame: frame.head(3)
    ),
    "map_groups": lambda sales, shops, visits: (
        sales.select("shop", "pieces", "price")
        .group_by("shop")
        .map_groups(
            lambda frame: frame.head(1), schema={"shop": pl.String, "pieces": pl.Int64, "price": pl.Float64}
        )
    ),
    "fold": lambda sales, shops, visits: sales.select(
        "id", v=pl.fold(pl.lit(0), lambda one, other: one + other, [c.pieces, c.id])
    ),
    "collects": lambda sales, shops, visits: sales.filter(
        c.pieces > (shops.collect()["size"].mean() or 0) / 50
    ).select("id"),
    "collects_a_number": lambda sales, shops, visits: shops.head(
        sales.filter(c.pieces > 5).select(pl.len()).collect().item()
    ).select("town"),
    "collects_all": lambda sales, shops, visits: sales.collect().filter(c.price > 20).select("id").lazy(),
    "eager": lambda sales, shops, visits: sales.collect().select(c.id, c.pieces.sum().alias("n")),
    "fails_over_no_rows": lambda sales, shops, visits: sales.filter(
        c.price > sales.collect()["price"].max() + 1 - 41
    ),
    "columns_from_values": lambda sales, shops, visits: (
        sales.collect().pivot("shop", index="day", values="pieces", aggregate_function="sum").lazy()
    ),
}
"""What cannot be looked into."""
