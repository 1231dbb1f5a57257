"""What is promised of transformations written by hand holds for pipelines made at random."""

import pytest

from lake_assets_tests.lineage.conftest import missed, transformation
from lake_assets_tests.lineage.corpus import TABLES
from lake_assets_tests.lineage.generated import Pipeline
from lake_assets_tests.lineage.perturbation import answer


def _is_certain(pipeline):
    """Whether it gives something, and the same each time."""
    declared = transformation(pipeline)
    answers = [answer(declared, TABLES) for _ in range(3)]
    return any((answers[0] or {}).values()) and answers == [answers[0]] * 3


@pytest.mark.parametrize("first", range(0, 40, 8))
def test_what_moves_a_column_stands_in_its_lineage(first, schemas):
    pipelines = [Pipeline(seed) for seed in range(first, first + 8)]
    certain = [each for each in pipelines if _is_certain(each)]
    assert certain
    assert [found for each in certain for found in missed(each, schemas)] == []
