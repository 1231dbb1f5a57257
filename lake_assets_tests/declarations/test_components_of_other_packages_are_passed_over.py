import pytest

from lake_assets.declarations import load_yaml

OURS = "type: lake_assets.Source\nattributes: {name: a, connector: filesystem, datasets: {b: {from: c}}}\n"


@pytest.mark.parametrize(
    "theirs",
    [
        "type: other_package.Component\nattributes: {owner: me}\n",
        "type: other_package.Component\nattributes: {owner: me, owner: you}\n",
        "type: other_package.Component\nattributes: {path: !env HOME}\n",
        "type: other_package.Component\nattributes:\n\tpath: a\n",
        "type: lake_assets_of_others.Component\nsomething: else\n",
        "",
        "# nothing yet\n",
    ],
)
def test_components_of_other_packages_are_passed_over(folder, theirs):
    folder.write("theirs/defs.yaml", theirs).write("ours/defs.yaml", OURS)
    assert [source.name for source in folder.load().sources] == ["a"]


def test_they_may_share_a_file_with_ours(folder):
    folder.write("defs.yaml", f"---\ntype: other.Component\nattributes: {{a: !env A}}\n---\n{OURS}---\n")
    assert [document.kind for document in load_yaml(folder.path / "defs.yaml")] == ["lake_assets.Source"]


def test_other_files_and_hidden_folders_are_passed_over(folder):
    folder.write(".hidden/defs.yaml", "type: lake_assets.Nothing\n")
    folder.write("__pycache__/defs.yaml", "type: lake_assets.Nothing\n")
    folder.write("a/other.yaml", "type: lake_assets.Nothing\n")
    assert folder.load().sources == ()


def test_declarations_are_found_at_any_depth(folder):
    folder.write("a/b/c/d/defs.yaml", OURS)
    assert [source.name for source in folder.load().sources] == ["a"]
