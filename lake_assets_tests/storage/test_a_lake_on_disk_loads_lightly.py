import subprocess
import sys

from lake_assets_tests.storage.lakes import REPOSITORY

CODE = """
import sys, tempfile
import polars as pl
from lake_assets_tests.storage.lakes import add, frame
from lake_assets.storage.root import LakeRoot
add(LakeRoot(tempfile.mkdtemp()), frame(n=[1]))
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_without_an_s3_client_dagster_or_pandas():
    found = subprocess.run(
        [sys.executable, "-c", CODE], cwd=REPOSITORY, text=True, capture_output=True, check=True
    )
    assert not {"boto3", "botocore", "dagster", "pandas"} & set(found.stdout.split())
