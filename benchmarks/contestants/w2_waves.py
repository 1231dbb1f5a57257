"""W2: drops one wave of files after the other into the inbox, and runs a command after each.

Usage: w2_waves WAVES COMMAND..., in the folder of the contestant.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path


def main(waves: Path, command: list[str]) -> dict[str, float]:
    """Take in all waves.

    Returns:
        `first_wave_s` and `last_wave_s`, of the command alone.
    """
    took_s = []
    for wave in sorted(waves.iterdir()):
        for file in sorted(wave.glob("*/*")):
            # A new file under the old name, as programs write them, not the old one written anew.
            draft = Path("inbox", file.parent.name, f".{file.name}.part")
            shutil.copyfile(file, draft)
            draft.rename(Path("inbox", file.parent.name, file.name))
        began_s = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        took_s.append(time.perf_counter() - began_s)
    return {"first_wave_s": took_s[0], "last_wave_s": took_s[-1]}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2:])))
