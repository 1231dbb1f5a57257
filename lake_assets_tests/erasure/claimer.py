"""A process that claims a lake for an erasure when told, round after round, in a race with others."""

import json
import subprocess
import sys
from pathlib import Path

from lake_assets.errors import StorageError
from lake_assets.storage.root import LakeRoot

_REPOSITORY = Path(__file__).parents[2]


class Claimer:
    """The process, as the one that started it sees it."""

    def __init__(self, root: LakeRoot) -> None:
        told = json.dumps({"uri": root.uri, "storage_options": root.storage_options})
        command = [sys.executable, "-m", "lake_assets_tests.erasure.claimer", told]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.child = subprocess.Popen(command, cwd=_REPOSITORY, text=True, **pipes)

    def tell(self) -> None:
        """Let it go on."""
        self.child.stdin.write("go\n")
        self.child.stdin.flush()

    def said(self) -> str:
        """The next thing it says."""
        return self.child.stdout.readline().strip()

    def end(self) -> int:
        """Wait for it."""
        self.child.stdin.close()
        self.child.stdout.close()
        return self.child.wait()


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _main() -> None:
    from lake_assets.erasure import claimed

    root = LakeRoot(**json.loads(sys.argv[1]))
    list(root.files.list("erasure_claims"))
    _say("ready")
    for _ in sys.stdin:
        try:
            with claimed(root):
                _say("goes on")
                sys.stdin.readline()
        except StorageError as error:
            _say(error.what)
            sys.stdin.readline()
        _say("is over")


if __name__ == "__main__":
    _main()
