"""Who changed a rule of a column, when and why, is told of the rule itself and not of the file that it stands in."""

import subprocess

from lake_assets_tests.tracing.conftest import edit

WHO = ("-c", "user.name=an author", "-c", "user.email=author@example.org")


def _committed(folder, why):
    for words in (("add", "-A"), (*WHO, "commit", "--quiet", "--message", why)):
        subprocess.run(["git", "-C", str(folder), *words], check=True)


def test_it_is(own_story):
    folder = own_story.folder / "defs"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    _committed(folder, "Declare the lake")
    edit(own_story, "price: [0, 500]", "price: [0, 400]")
    _committed(folder, "Nobody pays more than 400")
    edit(own_story, "length: {note: [0, 5]}", "length: {note: [0, 9]}")
    _committed(folder, "Let notes be longer")
    found = own_story.lake.why("trusted.hires", "price")
    (rule,) = found.rules
    assert [each.why for each in rule.changes] == ["Nobody pays more than 400", "Declare the lake"]
    assert rule.changes[0].who == "an author"
    assert rule.declared_at.rpartition(":")[2].isdigit()
    assert found.changes[0].why == "Let notes be longer"
