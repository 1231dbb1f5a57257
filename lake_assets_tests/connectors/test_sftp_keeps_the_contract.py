import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside

pytestmark = pytest.mark.heavy


@dataclass
class Folder(PlainOutside):
    path: Path = Path()
    files: int = 0

    def touched(self) -> int:
        return 0

    def add(self) -> bytes:
        self.files += 1
        content = os.urandom(2_500_000) if self.files == 1 else b"%d\n" % self.files
        file = self.path / f"day-{9 - self.files}.csv"
        file.write_bytes(content)
        os.utime(file, (1_700_000_000 + self.files,) * 2)
        self.expected.append(content)
        return content


class TestSftp(ConnectorContract):
    kind = "sftp"

    @pytest.fixture
    def outside(self, sshd, tmp_path):
        source = Source("store", "sftp", sshd.options(tmp_path))
        nowhere = Source("store", "sftp", sshd.options(tmp_path, port=1, timeout_s=5))
        dataset = Dataset("hires", "store", origin="inbox/*.csv")
        folder = Folder(source, dataset, nowhere, path=tmp_path / "inbox")
        folder.path.mkdir()
        for _ in range(3):
            folder.add()
        return folder
