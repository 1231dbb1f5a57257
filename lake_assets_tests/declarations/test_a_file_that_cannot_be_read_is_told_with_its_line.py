import pytest

from lake_assets.declarations import load_declarations, load_yaml
from lake_assets.errors import DeclarationError


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("type: lake_assets.Source\nattributes:\n\tconnector: a\n", "3:1", "cannot start any token"),
        ("type: lake_assets.Source\nattributes: {a: b\n", "3:1", "did not find expected ',' or '}'"),
        ("type: lake_assets.Source\n  b: c\n", "2:4", "mapping values are not allowed"),
        ("type: lake_assets.Source\nattributes:\n  a: !env B\n", "3:6", "could not determine a constructor"),
        ("type: lake_assets.Source\nattributes: {? [a] : b}\n", "2:16", "found unhashable key"),
        ("type: lake_assets.Source\nattributes: *a\n", "2:13", "found undefined alias"),
    ],
)
def test_what_is_not_yaml_is_told_with_line_and_column(folder, text, at, what):
    fault = folder.write("bikes/defs.yaml", text).fault()
    assert fault.at == f"bikes/defs.yaml:{at}"
    assert fault.what.startswith("not valid YAML: ")
    assert what in fault.what


def test_control_characters_are_refused(folder):
    fault = folder.write("bikes/defs.yaml", "type: lake_assets.Source\x07\n").fault()
    assert fault.at.startswith("bikes/defs.yaml")
    assert "not valid YAML" in fault.what


def test_what_is_not_utf_8_is_told_with_its_byte(folder):
    (folder.path / "defs.yaml").write_bytes(b"type: lake_assets.Source # caf\xe9\n")
    fault = folder.fault()
    assert fault.what == "not UTF-8 text: byte 0xe9 at offset 30"
    assert fault.mend == "save the file as UTF-8"


def test_a_byte_order_mark_is_passed_over(folder):
    text = (
        "type: lake_assets.Source\nattributes: {name: a, connector: filesystem, datasets: {b: {from: c}}}\n"
    )
    (folder.path / "defs.yaml").write_text(text, encoding="utf-8-sig")
    assert folder.load().sources[0].name == "a"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DeclarationError, match="No such file"):
        load_yaml(tmp_path / "defs.yaml")


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DeclarationError, match="no such folder of declarations"):
        load_declarations([tmp_path / "defs"])


def test_a_declaration_without_type_is_told(folder):
    fault = folder.write("a/defs.yaml", "typ: lake_assets.Source\nattributes: {}\n").fault()
    assert fault.at == "a/defs.yaml:1:1"
    assert fault.what == "the declaration has no type"


def test_an_unknown_name_beside_the_attributes_is_told(folder):
    folder.write("a/defs.yaml", "type: lake_assets.Exploitation\nrequirements: {}\natributes: {}\n")
    fault = folder.fault()
    assert (fault.at, fault.what) == ("a/defs.yaml:3:1, attribute atributes", "unknown name 'atributes'")
    assert "did you mean attributes?" in fault.mend
