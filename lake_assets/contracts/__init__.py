"""The contract of a dataset: our declaration and the Open Data Contract Standard (ODCS v3), each to the other.

Only plain values here, as YAML has them; files, places and checks of a declaration are left to `declarations`.

Source: Open Data Contract Standard, https://bitol-io.github.io/open-data-contract-standard/.
"""

from lake_assets.contracts.exported import Document, to_contract
from lake_assets.contracts.exported_rules import dimension_of
from lake_assets.contracts.imported import Imported, Remark, from_contract
from lake_assets.contracts.standard import contract_model, contract_text

__all__ = [
    "Document",
    "Imported",
    "Remark",
    "contract_model",
    "contract_text",
    "dimension_of",
    "from_contract",
    "to_contract",
]
