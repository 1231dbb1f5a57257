from .exported import Document as Document
from .exported import to_contract as to_contract
from .exported_rules import dimension_of as dimension_of
from .imported import Imported as Imported
from .imported import Remark as Remark
from .imported import from_contract as from_contract
from .standard import contract_model as contract_model
from .standard import contract_text as contract_text
