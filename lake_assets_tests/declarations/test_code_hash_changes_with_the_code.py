import pytest

from lake_assets.declarations import load_transformations

PYTHON = """\
from lake_assets.declarations import exploitation_table
LIMIT = {limit}


@exploitation_table(key="id", description="{description}")
def facts(flights):
    return flights.limit(LIMIT)
"""


@pytest.fixture
def hash_of(tmp_path):
    def loaded(name, text):
        (tmp_path / name).write_text(text)
        (made,) = load_transformations(tmp_path)
        return made.code_hash

    return loaded


def test_the_same_code_has_the_same_hash(hash_of):
    assert hash_of("facts.sql", "SELECT 1 AS a\n") == hash_of("facts.sql", "\n\nSELECT 1 AS a")
    assert len(hash_of("facts.sql", "SELECT 1 AS a\n")) == 64


def test_another_query_has_another(hash_of):
    assert hash_of("facts.sql", "SELECT 1 AS a\n") != hash_of("facts.sql", "SELECT 2 AS a\n")


def test_what_a_table_means_does_not_change_it(hash_of):
    plain = hash_of("facts.sql", "SELECT 1 AS a\n")
    assert hash_of("facts.sql", "/* description: A number. */ SELECT 1 AS a\n") == plain


def test_how_it_is_kept_up_to_date_does(hash_of):
    plain = hash_of("facts.sql", "SELECT 1 AS a\n")
    assert hash_of("facts.sql", "/* key: a */ SELECT 1 AS a\n") != plain


def test_whatever_the_file_of_a_function_holds_changes_it(hash_of):
    first = hash_of("facts.py", PYTHON.format(limit=1, description="a"))
    assert hash_of("facts.py", PYTHON.format(limit=2, description="a")) != first
    assert hash_of("facts.py", PYTHON.format(limit=1, description="a")) == first


def test_two_functions_of_a_file_differ(tmp_path):
    text = "from lake_assets.declarations import exploitation_table as table\n"
    (tmp_path / "two.py").write_text(text + "@table()\ndef a(x): return x\n@table()\ndef b(x): return x\n")
    first, second = load_transformations(tmp_path)
    assert first.code_hash != second.code_hash
