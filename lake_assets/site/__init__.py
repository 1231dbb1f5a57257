"""A site of static pages about a lake: every table, source, rule and word, from declarations, logs and governance.

The pages need no server, hold no value of a personal column and no secret, and the same lake gives the same bytes. Who
knows more of where the values of a column are from hands it over (`ColumnOrigins`).
"""

from lake_assets.site.origins import ColumnOrigins
from lake_assets.site.paths import source_page, table_page
from lake_assets.site.site import INDEX, SITE_FOLDER, changes_of, renew_site, site_files, write_site
from lake_assets.site.writing import Written

__all__ = [
    "INDEX",
    "SITE_FOLDER",
    "ColumnOrigins",
    "Written",
    "changes_of",
    "renew_site",
    "site_files",
    "source_page",
    "table_page",
    "write_site",
]
