"""Search over the catalogue: one SQLite file, asked without anything that is slow to import.

Another room writes what is found (`lake_assets.catalog.indexing`); here is how the file is laid out, whether it is
still true, and how it is asked.
"""

from lake_assets.search.answer import Found
from lake_assets.search.asking import Answer, ask
from lake_assets.search.entry import Entry, Kept, Subject
from lake_assets.search.index import digest_in, index_path, kept_in, write_index
from lake_assets.search.site_stamp import SITE_FOLDER, leave_site_stamp, site_made_of, stamped_files
from lake_assets.search.stamps import Stamps, stamps_of

__all__ = [
    "SITE_FOLDER",
    "Answer",
    "Entry",
    "Found",
    "Kept",
    "Stamps",
    "Subject",
    "ask",
    "digest_in",
    "index_path",
    "kept_in",
    "leave_site_stamp",
    "site_made_of",
    "stamped_files",
    "stamps_of",
    "write_index",
]
