"""What a folder can do to us that a bucket cannot."""

import os
from pathlib import Path

import pytest

from lake_assets.storage import local_files


def write(root, path, content=b"bytes"):
    with root.files.create(path) as stream:
        stream.write(content)


def test_a_copy_shares_its_bytes(local_root):
    write(local_root, "a.bin")
    local_root.files.copy("a.bin", "b.bin")
    assert local_root.local_path("a.bin").samefile(local_root.local_path("b.bin"))


def test_a_copy_is_made_where_bytes_cannot_be_shared(local_root, monkeypatch):
    def refuse(*_):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    write(local_root, "a.bin")
    local_root.files.copy("a.bin", "b.bin")
    assert local_root.local_path("b.bin").read_bytes() == b"bytes"
    assert not local_root.local_path("a.bin").samefile(local_root.local_path("b.bin"))


def test_a_file_that_goes_while_it_is_listed_is_left_out(local_root, monkeypatch):
    write(local_root, "a.bin")
    write(local_root, "b.bin")
    walk = os.walk

    def gone(folder):
        for found in walk(folder):
            local_root.local_path("a.bin").unlink(missing_ok=True)
            yield found

    monkeypatch.setattr(os, "walk", gone)
    assert [entry.path for entry in local_root.files.list("")] == ["b.bin"]


def test_a_folder_that_cannot_be_deleted_is_told(local_root, monkeypatch):
    write(local_root, "a/b.bin")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(PermissionError):
        local_root.files.delete_folder("a")


def test_folders_above_the_root_that_may_not_be_opened_are_passed_over(local_root, monkeypatch):
    write(local_root, "a.bin")
    sync = local_files.sync_path

    def refuse(folder):
        if folder in Path(local_root.uri).parents:
            raise PermissionError(13, "Permission denied")
        sync(folder)

    monkeypatch.setattr(local_files, "sync_path", refuse)
    local_root.files.make_durable(["a.bin"])
