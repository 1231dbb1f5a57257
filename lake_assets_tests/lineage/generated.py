"""Pipelines made at random: steps of all kinds in any order over the tables of the corpus."""

import random

import polars as pl

c = pl.col


class Pipeline:
    """A function over lazy frames that makes the same pipeline each time, by its seed."""

    def __init__(self, seed):
        self._seed = seed

    def __call__(self, sales, shops, visits):
        dice, frames = random.Random(self._seed), [sales, shops, visits]
        frame, left = dice.choice(frames), 2 + self._seed % 4
        for _ in range(40):
            after = _taken(dice, frame, frames) if left else None
            frame, left = (frame, left) if after is None else (after, left - 1)
        return frame


def _taken(dice, frame, frames):
    """The frame after one step; None where the step does not suit it."""
    schema = frame.collect_schema()
    numbers = [name for name, kind in schema.items() if kind.is_numeric()]
    plain = [name for name, kind in schema.items() if not kind.is_nested()]
    if not numbers or not plain:
        return None
    step = dice.choice(STEPS)
    chosen = dice.choice(numbers), dice.choice(numbers), dice.choice(plain)
    try:
        after = step(dice, frame, *chosen, dice.choice(frames), dice.randrange(1000))
        after.collect_schema()
    except (pl.exceptions.PolarsError, IndexError):
        return None
    return after


def _joined(dice, frame, _one, _two, key, other, mark):
    kind = frame.collect_schema()[key]
    there = dice.choice([name for name, found in other.collect_schema().items() if found == kind])
    how = dice.choice(["inner", "left", "right", "full", "semi", "anti"])
    coalesce = dice.choice([True, False]) if how in {"left", "full"} else None
    keys = {"left_on": key, "right_on": there, "how": how, "coalesce": coalesce}
    return frame.join(other, **keys, suffix=f"_{mark}", maintain_order="left_right")


def _grouped(dice, frame, one, two, key, _other, mark):
    made = dice.choice(
        [
            c(one).sum(),
            c(one).filter(c(two) > 2).mean(),
            c(one).sort_by(two, maintain_order=True).first(),
            c(one).max() - c(two).min(),
            c(one).quantile(0.5, "nearest"),
        ]
    )
    return frame.group_by(key, maintain_order=True).agg(made.alias(f"g{mark}"), pl.len().alias(f"n{mark}"))


def _windowed(dice, frame, one, two, key, _other, mark):
    whole, running = c(one).sum().over(key), c(two).cum_sum().over(key, order_by=one)
    return frame.with_columns(dice.choice([whole, running]).alias(f"o{mark}"))


def _unpivoted(_dice, frame, one, two, _key, _other, mark):
    cells = list({one: None, two: None})
    index = [name for name in frame.collect_schema() if name not in cells][:2]
    return frame.unpivot(cells, index=index, variable_name=f"v{mark}", value_name=f"u{mark}")


def _exploded(_dice, frame, _one, _two, _key, _other, _mark):
    lists = [name for name, kind in frame.collect_schema().items() if isinstance(kind, pl.List)]
    return frame.explode(lists[0])


STEPS = [
    _joined,
    _joined,
    _grouped,
    _windowed,
    _unpivoted,
    _exploded,
    lambda dice, frame, one, two, key, other, mark: frame.filter(c(one) > c(two).mean()),
    lambda dice, frame, one, two, key, other, mark: frame.filter(c(one) > c(two) - 2),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns((c(one) * 2 + c(two)).alias(one)),
    lambda dice, frame, one, two, key, other, mark: frame.sort(
        one, two, nulls_last=True, maintain_order=True
    ).head(dice.choice([2, 4])),
    lambda dice, frame, one, two, key, other, mark: frame.sort(one, key, maintain_order=True).unique(
        key, keep="first", maintain_order=True
    ),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns(
        pl.when(c(one) > 3).then(c(two)).otherwise(-c(one)).alias(f"w{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: pl.concat([frame, frame.filter(c(one) > 2)]),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns(
        c(one).shift(1), c(two).diff().alias(f"d{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: frame.with_row_index(f"i{mark}"),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns(
        c(one).rank("ordinal").alias(f"r{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: frame.select(
        c(one).sum().alias(f"s{mark}"), c(two).max().alias(f"m{mark}"), pl.len().alias(f"l{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: frame.select(
        c(one).filter(c(two) > 2).alias(f"k{mark}"), c(two).sum().alias(f"t{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: frame.select(c(one).filter(c(two) > 2)),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns(
        c(one).fill_null(c(two)).forward_fill()
    ),
    lambda dice, frame, one, two, key, other, mark: frame.with_columns(
        (c(one) - c(two).mean()).alias(f"b{mark}")
    ),
    lambda dice, frame, one, two, key, other, mark: frame.slice(1, 4),
]
