from lake_assets import declarations


def test_public_names_are_there():
    assert all(hasattr(declarations, name) for name in declarations.__all__)


def test_what_others_rely_on_is_public():
    assert {
        "Declarations",
        "SourceSpec",
        "SourcesSpec",
        "ExploitationSpec",
        "attributes_error",
        "check_flow",
        "exploitation_table",
        "load_declarations",
        "load_transformations",
        "load_yaml",
        "name_inputs",
        "sources_of",
        "to_source",
    } <= set(declarations.__all__)
