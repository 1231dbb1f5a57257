"""Neither a value of a personal column nor a secret is on any page."""

from lake_assets.site import write_site

SECRET = """\
type: lake_assets.Source
attributes:
  description: A portal.
  licence: CC0-1.0
  connector: {kind: rest, base_url: "https://portal.example/v1", headers: {X-Key: "s3cret-key"}}
  datasets:
    stations:
      from: "stations?token=s3cret-token"
      columns: {station_id: int}
      options: {params: {api_key: s3cret-param}}
"""


def everything(a_site):
    return "\n".join(path.read_text() for path in a_site.folder.rglob("*") if path.is_file())


def test_no_name_of_a_rider_is_on_a_page(a_site):
    a_site.profile()
    a_site.write()
    found = everything(a_site)
    assert "rider" in found
    assert not [name for name in ("Ada", "Grace", "Barbara") if name in found]


BIRDS = """\
birds:
  from: 'birds*.csv'
  columns: {bird: {type: text%s}}
  rules:
    - in_set: {bird: [teal-heron, red-kite]}
"""


def test_a_column_that_is_personal_by_now_is_hidden_in_earlier_profiles(a_site):
    a_site.lake.declare(BIRDS % "", source="birds")
    a_site.lake.drop("birds.csv", "bird\nteal-heron\nteal-heron\nred-kite\n")
    a_site.lake.ingest_whole()
    a_site.profile()
    a_site.write()
    assert a_site.text("tables/trusted.birds.html").count("teal-heron") > 1
    a_site.lake.declare(BIRDS % ", personal: true", source="birds")
    a_site.write()
    assert "teal-heron" not in everything(a_site)


def test_how_a_source_is_reached_is_not_told(a_site):
    a_site.lake.write("defs/portal/defs.yaml", SECRET)
    a_site.write()
    found = everything(a_site)
    assert "A portal." in found
    assert "s3cret" not in found
    assert "portal.example" not in found


def test_folders_of_this_machine_are_not_told(a_site):
    a_site.write()
    assert str(a_site.lake.folder) not in everything(a_site)


def test_storage_options_are_not_told(a_site):
    opened = a_site.lake.lake
    write_site(opened.root, opened.declarations)
    assert (a_site.lake.folder / "lake/docs/index.html").is_file()
