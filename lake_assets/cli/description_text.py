"""A described table, printed for people."""

from __future__ import annotations

from collections.abc import Mapping

from lake_assets.cli.description import DescribedColumn, Description
from lake_assets.cli.output import cell_text, console, print_table
from lake_assets.cli.places import named_files, with_file_names
from lake_assets.lake import Lake
from lake_assets.wording import bytes_text, quantity

__all__ = ["print_description"]


def print_description(lake: Lake, described: Description) -> None:
    """Print a description for people."""
    target = console()
    target.print(f"{_headline(described)}\n", soft_wrap=True)
    columns = [(each["name"], each["type"], _meaning(each)) for each in described["columns"]]
    print_table(target, ("column", "type", "meaning"), columns)
    if described["last_commit"]:
        text = _commit_text(described["last_commit"])
        target.print(f"\n{with_file_names(text, named_files(lake, [text]))}", soft_wrap=True)
    if described["first_rows"]:
        target.print()
        rows = [[cell_text(value) for value in row.values()] for row in described["first_rows"]]
        print_table(target, list(described["first_rows"][0]), rows)


def _headline(described: Description) -> str:
    rows = quantity(described["rows"], "row")
    files = f"{quantity(described['files'], 'file')} of {bytes_text(described['size_bytes'])}"
    owner = f", owner {described['owner']}" if described["owner"] else ""
    return f"{described['table']}{owner}, version {described['version']}: {rows} in {files}"


def _meaning(column: DescribedColumn) -> str:
    terms = f"<{', '.join(column['terms'])}>" if column["terms"] else ""
    parts = [column["meaning"], terms, "(personal)" if column["is_personal"] else ""]
    return " ".join(part for part in parts if part)


def _commit_text(commit: Mapping[str, object]) -> str:
    """The last commit, one fact a line; what it does not say is left out."""
    facts = {
        name: value
        for name, value in commit.items()
        if name not in {"verdicts", "cleaned"} and value not in (None, "", {})
    }
    lines = [f"  {name.replace('_', ' ')}: {_fact_text(value)}" for name, value in facts.items()]
    verdicts = commit.get("verdicts")
    rules = [_verdict_text(each) for each in verdicts] if isinstance(verdicts, list) else []
    cleaned = commit.get("cleaned")
    steps = [_cleaned_text(each) for each in cleaned] if isinstance(cleaned, list) else []
    parts = (("  cleaned:", steps), ("  rules:", rules))
    return "\n".join(
        ["last commit", *lines, *(line for title, told in parts if told for line in (title, *told))]
    )


def _fact_text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cleaned_text(cleaned: Mapping[str, object]) -> str:
    lost = f", {cleaned['lost']:,} lost (kept in _rescued)" if cleaned["lost"] else ""
    return (
        f"    {cleaned['step']} {cleaned['kind']}, {cleaned['column']}: {cleaned['changed']:,} changed{lost}"
    )


def _verdict_text(verdict: Mapping[str, object]) -> str:
    first = f" (first: {verdict['example']})" if verdict["example"] else ""
    outcome = (
        f"{verdict['broken']:,} of {verdict['judged']:,} rows break it{first}"
        if verdict["broken"]
        else "kept"
    )
    return f"    {verdict['rule_id']} ({verdict['severity']}): {outcome}"
