"""A plan and where its runners lie: what every task of a cohort goes by. It travels as the plan's text and one path."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from niggle import child


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder of one task. It lies where the engine keeps what is its own, so that what a killed task leaves goes with the application."""
    of_engine = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0]
    return tempfile.TemporaryDirectory(prefix="niggle-", dir=of_engine if os.path.isdir(of_engine) else None)


@dataclass(frozen=True)
class Work:
    """A plan, as its text, and the folder that it is of."""

    root: str
    plan: str

    @classmethod
    def asked(cls, options: Mapping[str, str]) -> Work:
        """The work that the options of a data source ask for: by the plan that they name, else by one that is made now."""
        root, plan, shards = (options.get(name) for name in ("path", "plan", "shards"))
        if root is None:
            raise ValueError("niggle reads a folder: load(FOLDER)")
        if plan is not None and shards is not None:
            raise ValueError("a plan has its number of shards: give plan or shards")
        if plan is not None:
            return cls(root, Path(plan).read_text(encoding="utf-8"))
        with scratch() as folder:
            path = Path(folder, "plan.json")
            wanted = [] if shards is None else ["--shards", str(shards)]
            child.run("plan", root, "--out", str(path), "--quiet", *wanted)
            return cls(root, path.read_text(encoding="utf-8"))

    @property
    def shards(self) -> int:
        """How many there are."""
        return int(json.loads(self.plan)["shards"])

    def make(self, shard: int, out: Path) -> str:
        """Makes a shard in `out`, or finds it there, and returns its receipt. One thread: the engine fills the cores with tasks.

        Raises `child.Failed`.
        """
        with scratch() as folder:
            plan = Path(folder, "plan.json")
            plan.write_text(self.plan, encoding="utf-8", newline="")
            return child.run(
                "shard", "--plan", str(plan), "--root", self.root, "--shard", str(shard), "--out", str(out), "--jobs", "1"
            )
