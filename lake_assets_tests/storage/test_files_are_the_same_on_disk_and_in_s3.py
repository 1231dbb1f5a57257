import time
from concurrent.futures import ThreadPoolExecutor

import pytest


def write(root, path, content=b"bytes"):
    with root.files.create(path) as stream:
        stream.write(content)


def read(root, path):
    with root.files.open(path) as stream:
        return stream.read()


def paths(root, prefix=""):
    return sorted(entry.path for entry in root.files.list(prefix))


@pytest.mark.parametrize("size_bytes", [0, 10, 9 << 20])
def test_bytes_come_back(root, size_bytes):
    content = bytes(range(256)) * (size_bytes // 256) + b"x" * (size_bytes % 256)
    write(root, "a/b/c.bin", content)
    assert read(root, "a/b/c.bin") == content


def test_lines_can_be_read_one_by_one(root):
    write(root, "a.txt", b"one\n" + b"x" * 100_000 + b"\nthree")
    with root.files.open("a.txt") as stream:
        assert [len(line) for line in stream] == [4, 100_001, 5]


def test_a_file_is_complete_or_absent(root):
    with root.files.create("a.bin") as stream:
        stream.write(b"half")
        assert paths(root) == []
    assert paths(root) == ["a.bin"]


def test_a_file_that_fails_on_the_way_is_absent(root):
    with pytest.raises(ZeroDivisionError), root.files.create("a.bin"):
        1 / 0  # noqa: B018 - the error is wanted, not its value
    assert paths(root) == []


def test_writing_again_replaces(root):
    write(root, "a.bin", b"old")
    write(root, "a.bin", b"new")
    assert read(root, "a.bin") == b"new"


def test_a_claim_makes_a_file_where_there_is_none(root):
    assert root.files.claim("a/b.bin", b"first")
    assert not root.files.claim("a/b.bin", b"second")
    assert (paths(root), read(root, "a/b.bin")) == (["a/b.bin"], b"first")


def test_of_many_that_claim_one_makes_the_file(root):
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: root.files.claim("a.bin", b"%d" % number), range(8)))
    assert sum(won) == 1
    assert read(root, "a.bin") == b"%d" % won.index(True)
    assert paths(root) == ["a.bin"]


def test_what_is_not_there(root):
    with pytest.raises(FileNotFoundError):
        read(root, "no.bin")
    with pytest.raises(FileNotFoundError):
        root.files.tail("no.bin", 4)
    with pytest.raises(FileNotFoundError):
        root.files.copy("no.bin", "copy.bin")
    assert (paths(root, "no"), list(root.files.folders("no"))) == ([], [])


@pytest.mark.parametrize(("size_bytes", "expected"), [(3, b"tes"), (100, b"bytes")])
def test_the_end_of_a_file(root, size_bytes, expected):
    write(root, "a.bin")
    assert root.files.tail("a.bin", size_bytes) == expected[-size_bytes:]


def test_files_are_listed_below_a_folder(root):
    for path in ("a/one.bin", "a/b/two.bin", "ab/three.bin", "four.bin"):
        write(root, path)
    assert paths(root) == ["a/b/two.bin", "a/one.bin", "ab/three.bin", "four.bin"]
    assert paths(root, "a") == paths(root, "a/") == ["a/b/two.bin", "a/one.bin"]


def test_a_listing_tells_size_and_age(root):
    before = time.time()
    write(root, "a.bin")
    (entry,) = root.files.list("")
    assert entry.size_bytes == 5
    assert before - 2 < entry.modified_s < time.time() + 2


def test_folders_are_those_right_below(root):
    for path in ("a/one/x.bin", "a/two/deep/x.bin", "a/x.bin", "b/x.bin"):
        write(root, path)
    assert sorted(root.files.folders("a")) == ["one", "two"]
    assert sorted(root.files.folders("")) == ["a", "b"]


def test_a_copy_holds_the_same_bytes_and_outlives_the_first(root):
    write(root, "a.bin")
    for _ in range(2):
        root.files.copy("a.bin", "deep/copy.bin")
    root.files.delete(["a.bin"])
    assert read(root, "deep/copy.bin") == b"bytes"


def test_what_is_deleted_may_be_gone_already(root):
    write(root, "a.bin")
    write(root, "b.bin")
    root.files.delete(["a.bin", "no.bin"])
    root.files.delete([])
    assert paths(root) == ["b.bin"]


def test_a_folder_is_deleted_with_all_below(root):
    for path in ("a/one.bin", "a/b/two.bin", "ab/three.bin"):
        write(root, path)
    for _ in range(2):
        root.files.delete_folder("a")
    assert paths(root) == ["ab/three.bin"]


def test_more_than_a_thousand_are_deleted(s3_root):
    names = [f"many/{number}.bin" for number in range(1001)]
    for name in (names[0], names[-1]):
        write(s3_root, name)
    s3_root.files.delete(names)
    assert paths(s3_root) == []


def test_durable_files_are_there(root):
    write(root, "a/one.bin")
    write(root, "a/two.bin")
    root.files.make_durable(["a/one.bin", "a/two.bin"])
    root.files.make_durable([])
    assert paths(root) == ["a/one.bin", "a/two.bin"]
