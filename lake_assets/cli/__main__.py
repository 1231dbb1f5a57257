"""`python -m lake_assets.cli`, for an environment whose scripts are not on the PATH."""

from lake_assets.cli import main

main(prog_name="lake")
