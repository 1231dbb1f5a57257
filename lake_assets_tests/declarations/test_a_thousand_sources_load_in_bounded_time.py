import time

import pytest

from lake_assets.declarations import load_declarations

SOURCE = """\
connector: filesystem
owner: team:ops
datasets:
  hires_{0}:
    from: inbox/bikes_{0}/*.csv
    key: [hire_id]
    columns: {{hire_id: int, hired_on: date}}
    rules:
      - not_null: hire_id
      - in_range: {{price: [0, 500]}}
"""
COUNT = 1_000
LIMIT_S = 20  # the goal is one; machines that run tests are busy


def indented(text, spaces):
    return "".join(f"{' ' * spaces}{line}\n" for line in text.splitlines())


def in_one_file(folder):
    sources = (f"    bikes_{n}:\n{indented(SOURCE.format(n), 6)}" for n in range(COUNT))
    folder.write("defs.yaml", "type: lake_assets.Sources\nattributes:\n  sources:\n" + "".join(sources))


def in_a_file_each(folder):
    folder.write("defs.yaml", "type: lake_assets.Sources\nattributes: {files: sources/*.yaml}\n")
    for n in range(COUNT):
        folder.write(f"sources/bikes_{n}.yaml", SOURCE.format(n))


def in_a_folder_each(folder):
    for n in range(COUNT):
        text = f"type: lake_assets.Source\nattributes:\n{indented(SOURCE.format(n), 2)}"
        folder.write(f"bikes_{n}/defs.yaml", text)


@pytest.mark.parametrize("layout", [in_one_file, in_a_file_each, in_a_folder_each])
def test_a_thousand_sources_load_in_bounded_time(folder, layout):
    layout(folder)
    began = time.perf_counter()
    declared = load_declarations([folder.path])
    assert time.perf_counter() - began < LIMIT_S
    assert len(declared.sources) == len(declared.datasets) == COUNT
    assert declared.dataset("hires_7").place.line > 0
