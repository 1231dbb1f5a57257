import pickle

import pytest

from lake_assets.declarations import DeclarationsError
from lake_assets.errors import DeclarationError

BAD = """
type: lake_assets.Source
attributes:
  connector: filesytem
  owner: ops
  owner: team:ops
  datasets:
    hires: {form: a.csv, write: upser}
"""


def test_all_faults_of_a_file_are_told_in_the_order_of_its_lines(folder):
    faults = folder.write("bikes/defs.yaml", BAD).faults()
    assert [(fault.at.split(",")[0], fault.what) for fault in faults] == [
        ("bikes/defs.yaml:3:14", "no connector is of the kind 'filesytem'"),
        ("bikes/defs.yaml:5:3", "'owner' is declared twice, first in line 4"),
        ("bikes/defs.yaml:7:5", "the attribute 'from' is missing"),
        ("bikes/defs.yaml:7:13", "unknown attribute 'form'"),
        ("bikes/defs.yaml:7:33", "'upser' is none of the known values"),
    ]


def test_all_faults_of_all_files_are_told(folder):
    for name in ("c", "a", "b"):
        folder.write(f"{name}/defs.yaml", "type: lake_assets.Source\nattributes: {connector: s4}\n")
    assert [fault.at[:4] for fault in folder.faults()] == ["a/de", "a/de", "b/de", "b/de", "c/de", "c/de"]


def test_all_faults_of_a_multi_document_file_are_told(folder):
    folder.write("bikes/defs.yaml", "type: lake_assets.Sorce\n---\nname: a\n---\ntype: lake_assets.Sources\n")
    assert [fault.at for fault in folder.faults()] == [
        "bikes/defs.yaml:1:1",
        "bikes/defs.yaml:3:1",
        "bikes/defs.yaml:5:1",
    ]


def test_the_message_lists_what_place_and_mend_of_each(folder):
    folder.write("a/defs.yaml", "type: lake_assets.Source\nattributes: {connector: filesytem, dtasets: {}}\n")
    with pytest.raises(DeclarationError) as caught:
        folder.load()
    lines = folder.short(str(caught.value)).splitlines()
    assert lines[:4] == [
        "3 faults in the declarations",
        "  the attribute 'datasets' is missing",
        "    at: a/defs.yaml:2:13",
        "    to mend: add datasets",
    ]
    assert lines[4] == "  no connector is of the kind 'filesytem'"


def test_a_fault_alone_is_raised_as_it_is(folder):
    folder.write("a/defs.yaml", "type: lake_assets.Sorce\n")
    with pytest.raises(DeclarationError) as caught:
        folder.load()
    assert not isinstance(caught.value, DeclarationsError)


def test_faults_cross_process_boundaries_whole(folder):
    folder.write("bikes/defs.yaml", BAD)
    with pytest.raises(DeclarationsError) as caught:
        folder.load()
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(copy) == str(caught.value)
    assert [error.place for error in copy.errors] == [error.place for error in caught.value.errors]
