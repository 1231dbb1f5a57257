"""What the system is asked, as strace sees it: data, then the entry, then the word that it is done.

Without strace the same is asked of our own calls alone, in `test_nothing_is_built_on_what_is_not_on_disk`.
"""

import re
import shutil

import pytest

from lake_assets_tests.storage.lakes import FLIGHTS, start, told

CALL = re.compile(r"\b(fsync|linkat|mkdir)\((.*)\) += 0")
PATH = re.compile(r'[<"](/[^>"]*)[>"]')


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
@pytest.mark.parametrize("columns", ["same", "new"])
def test_data_then_log_then_the_word(local_root, tmp_path, columns):
    trace = tmp_path / "trace"
    strace = ["strace", "-f", "-y", "-e", "trace=fsync,linkat,mkdir", "-o", trace]
    writer = start("acknowledges", told(local_root), columns, tmp_path / "done", under=strace)
    assert writer.wait() == 0
    calls = _calls(trace.read_text(), local_root)
    for version in (0, 1, *([2] if columns == "new" else [])):
        entry = f"{FLIGHTS.path}/_delta_log/{version:020d}.json"
        linked, synced = calls.index(("linkat", entry)), calls.index(("fsync", entry))
        done = calls.index(("mkdir", f"done-{0 if version == 0 else 1}"))
        assert linked < synced < done
        assert synced < calls.index(("fsync", f"{FLIGHTS.path}/_delta_log"), synced) < done
        later = [at for at, call in enumerate(calls) if call[0] == "linkat" and at > linked]
        assert all(synced < at for at in later), "no entry is built on one that is not on disk"
    first, second = (
        at for at, call in enumerate(calls) if call[0] == "fsync" and call[1].endswith(".parquet")
    )
    assert first < calls.index(("fsync", FLIGHTS.path)) < calls.index(("linkat", _entry(0)))
    assert second < calls.index(("fsync", FLIGHTS.path), second) < calls.index(("linkat", _entry(calls)))
    above = {("fsync", path) for path in (FLIGHTS.zone.value, "", str(tmp_path), str(tmp_path.parent))}
    assert above <= set(calls[: calls.index(("mkdir", "done-0"))]), (
        "the folders above a new table are synced too"
    )


def _entry(calls):
    """The entry that holds the second batch: the last one linked."""
    version = 0 if calls == 0 else sum(call[0] == "linkat" for call in calls) - 1
    return f"{FLIGHTS.path}/_delta_log/{version:020d}.json"


def _calls(trace, root):
    """Name and path under the root of each call, in order; unfinished calls joined."""
    calls = []
    for line in _whole_lines(trace):
        if match := CALL.search(line):
            path = PATH.findall(match[2])[-1]
            calls.append(
                (match[1], path.removeprefix(root.uri).removeprefix("/") if root.uri in path else path)
            )
    return [(name, path.rsplit("/", 1)[-1] if "done-" in path else path) for name, path in calls]


def _whole_lines(trace):
    begun = {}
    for line in trace.splitlines():
        process = line.split()[0]
        if line.endswith("<unfinished ...>"):
            begun[process] = line.removesuffix("<unfinished ...>")
        elif "resumed>" in line:
            yield begun.pop(process, "") + line.split("resumed>", 1)[1]
        else:
            yield line
