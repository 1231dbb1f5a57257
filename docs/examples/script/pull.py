"""Three readings more than the last time, told through dagster_pipes (pip install dagster-pipes)."""  # noqa: INP001

import csv
from pathlib import Path

from dagster_pipes import open_dagster_pipes

with open_dagster_pipes() as lake:
    last = int(lake.extras["state"] or 0)
    name = f"readings-{last + 1}.csv"
    with Path(lake.extras["folder"], name).open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "value"])
        rows.writerows([number, number * 0.5] for number in range(last + 1, last + 4))
    lake.log.info("wrote %s", name)
    lake.report_custom_message({"file": name, "state": str(last + 3)})
