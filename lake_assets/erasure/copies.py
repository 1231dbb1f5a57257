"""What is made of the tables for people to search and read, and can be made again: the search index and the site.

They go whole. What they hold of a person need not be the value that names the person, and an index keeps what was
overwritten in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lake_assets.erasure.outcome import Touched
from lake_assets.erasure.proof import found_in
from lake_assets.erasure.words import Words
from lake_assets.search import index_path
from lake_assets.storage.files import FileStore
from lake_assets.storage.local_files import LocalFiles
from lake_assets.storage.root import LakeRoot

__all__ = ["Copy", "copies_that_go"]


@dataclass(frozen=True)
class Copy:
    """Files that are made of tables.

    Args:
        place: What they are.
        what: What becomes of them.
        store: Where they are.
        paths: Theirs, in the order in which they go.
    """

    place: str
    what: str
    store: FileStore
    paths: Sequence[str]

    @property
    def touched(self) -> Touched:
        """What becomes of them, counted."""
        return Touched(self.place, self.what, len(self.paths))

    def delete(self) -> None:
        """Delete them; what is cut short is finished by doing it again."""
        *first, last = self.paths
        self.store.delete(first)
        self.store.delete([last])

    def holds(self, words: Words) -> bool:
        """Whether one of the words stands in one of them."""
        return any(next(found_in(_held(self.store, path), words), "") for path in self.paths)


def copies_that_go(
    root: LakeRoot, site: Sequence[str], words: Words, *, is_concerned: bool
) -> Iterator[Copy]:
    """The copies that an erasure takes away.

    Args:
        root: The lake.
        site: The files of its site under the root, the list that names them last.
        words: What stands for the person.
        is_concerned: Whether the lake holds something of the person; else a copy goes only when it holds a word.
    """
    index = index_path(root.uri, is_local=root.is_local).absolute()
    # Beside it may stand its journal, and what a killed search left.
    near = sorted(path.name for path in index.parent.glob(f"{index.name}*"))
    copies = (
        Copy("search index", "files deleted, made again", LocalFiles(str(index.parent)), near),
        Copy("docs", "files deleted until `lake docs`", root.files, site),
    )
    return (each for each in copies if each.paths and (is_concerned or each.holds(words)))


def _held(store: FileStore, path: str) -> bytes:
    try:
        with store.open(path) as stream:
            return stream.read()
    except FileNotFoundError:
        return b""
