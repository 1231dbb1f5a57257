import lake_assets.lineage as room


def test_every_public_name_is_there():
    assert sorted(room.__all__, key=str.lower) == sorted(set(room.__all__), key=str.lower)
    assert all(hasattr(room, name) for name in room.__all__)
