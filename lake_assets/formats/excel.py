"""Workbooks of Excel and OpenDocument."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lake_assets.formats._binary import BinaryFormat
from lake_assets.formats.protocol import FormatOptions

__all__ = ["Excel", "ExcelOptions"]


class ExcelOptions(FormatOptions):
    """Which sheet of the workbook, and where its header is.

    Args:
        sheet: Its number from 1, its name, or `all`, which adds the element `_sheet`.
        header_row: The row that names the columns, from 1; 0 when there is none.
    """

    sheet: Annotated[int, Field(gt=0)] | str = 1
    header_row: int = Field(1, ge=0)


class Excel(BinaryFormat):
    """Workbooks: xlsx, xlsm, xlsb, xls and ods. Cells keep their types; a formula gives the value it had last."""

    options = ExcelOptions
    reader = "lake_assets.formats.apart.workbook"
    wanted = "a workbook"
    own = ("a ZIP archive or an Office workbook", "an old Office document")
