"""From YAML, SQL and Python declarations to frozen values, with file and line in every error."""

from lake_assets.declarations.alerts_file import ALERTS_FILE, alert_routes
from lake_assets.declarations.attributes_error import attributes_error
from lake_assets.declarations.contract_file import ContractFile, read_contract
from lake_assets.declarations.declarations import Declarations
from lake_assets.declarations.declare_contract import declare_contract
from lake_assets.declarations.exploitation_table import exploitation_table
from lake_assets.declarations.faults import DeclarationsError
from lake_assets.declarations.flow import check_flow
from lake_assets.declarations.format_of import format_of
from lake_assets.declarations.load import load_declarations
from lake_assets.declarations.name_inputs import name_inputs
from lake_assets.declarations.names import snake_case
from lake_assets.declarations.personal import hidden_columns
from lake_assets.declarations.places import Places
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.source_spec import SourceSpec, to_source
from lake_assets.declarations.sources_of import sources_of
from lake_assets.declarations.sources_spec import ExploitationSpec, SourcesSpec
from lake_assets.declarations.table_spec import FunctionSpec, TableSpec
from lake_assets.declarations.terms_spec import TermSpec, VocabularySpec
from lake_assets.declarations.transformations import load_transformations
from lake_assets.declarations.written_source import written_source
from lake_assets.declarations.yaml_documents import Document, load_yaml

__all__ = [
    "ALERTS_FILE",
    "ContractFile",
    "Declarations",
    "DeclarationsError",
    "Document",
    "ExploitationSpec",
    "FunctionSpec",
    "Places",
    "Positions",
    "SourceSpec",
    "SourcesSpec",
    "TableSpec",
    "TermSpec",
    "VocabularySpec",
    "alert_routes",
    "attributes_error",
    "check_flow",
    "declare_contract",
    "exploitation_table",
    "format_of",
    "hidden_columns",
    "load_declarations",
    "load_transformations",
    "load_yaml",
    "name_inputs",
    "read_contract",
    "snake_case",
    "sources_of",
    "to_source",
    "written_source",
]
