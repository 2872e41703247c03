"""Writes sixteen invented runners, and one whom no report can use: club.py FOLDER

Each is the runner of sample_data with another half of the recordings and a log of other weeks, so that no two are the same person and dates
do not explain everything. One has a recording that was cut off and an empty one; one has no pain log. Files are linked where the disk
allows it.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
RUNNERS = 16
# Of the sample's recordings, so that sixteen runners are read in seconds by an unoptimised program, too.
RECORDINGS = 88


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def log(weeks: int) -> str:
    """The sample's pain log, so many weeks later."""
    head, *rows = (SAMPLE / "pain_log.csv").read_text(encoding="utf-8").splitlines()
    dated = (row.split(",", 1) for row in rows)
    later = (f"{date.fromisoformat(day) + timedelta(weeks=weeks)},{rest}" for day, rest in dated)
    return "\n".join([head, *later, ""])


def is_of(runner: int, recording: int) -> bool:
    """Whether a recording is one of the runner's: half of every block of 32, another half for each."""
    return (recording * (2 * runner + 3) + runner) % 32 < 16


def main(folder: Path) -> None:
    recordings = sorted(path for path in SAMPLE.rglob("*") if path.is_file() and path.suffix not in {".csv", ".md"})
    recordings = recordings[:RECORDINGS]
    for runner in range(RUNNERS):
        home = folder / f"runner-{runner + 1:02}"
        home.mkdir(parents=True)
        (home / "pain_log.csv").write_text(log(runner % 5), encoding="utf-8", newline="\n")
        for number, recording in enumerate(recordings):
            if is_of(runner, number):
                put(recording, home / "runs" / recording.name)
    broken = folder / "runner-07" / "runs"
    whole = next(path for path in recordings if path.suffix == ".fit").read_bytes()
    (broken / "cut-off.fit").write_bytes(whole[: len(whole) // 3])
    (broken / "empty.fit").write_bytes(b"")
    put(recordings[0], folder / "without-a-log" / recordings[0].name)


main(Path(sys.argv[1]))
