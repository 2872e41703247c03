"""The whole report on a cohort, with an engine that makes the shards.

The engine carries numbers of shards and receipts alone. The folder of the runners and the output must lie on a file system that every
machine sees under the same path. Beside the report in ``OUT`` stay the plan, ``OUT.plan.json``, and the shards, ``OUT.shards``: whoever
starts it again makes only what is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql.datasource import DataSource, DataSourceReader

from niggle import child
from niggle.spark import Shard, refused_unknown
from niggle.spark.work import Work

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Receipts(DataSource):
    """A row for each shard, which its task makes in the folder ``out``; the other options are those of `niggle.spark.Niggle`."""

    @classmethod
    def name(cls) -> str:
        return "niggle-receipts"

    def schema(self) -> str:
        return "shard INT, code INT, said STRING"

    def reader(self, schema: object) -> DataSourceReader:
        options = refused_unknown(self.options, "path", "plan", "out")
        return Makers(Work.asked(options), Path(options["out"]))


class Makers(DataSourceReader):
    """Makes shards and reads their receipts."""

    def __init__(self, work: Work, out: Path) -> None:
        self.work = work
        self.out = out

    def partitions(self) -> list[Shard]:
        return [Shard(number) for number in range(self.work.shards)]

    def read(self, partition: Shard) -> Iterator[tuple[int, int, str]]:
        """The receipt; or what a second try does not change, so that the engine makes none. Everything else it does try again."""
        try:
            yield partition.number, 0, self.work.make(partition.number, self.out)
        except child.Failed as failed:
            if not failed.is_final:
                raise
            yield partition.number, failed.code, failed.said


def make(spark: SparkSession, root: str, out: str, of_plan: Sequence[str] = ()) -> str:
    """Makes the report on the runners in `root` and returns what niggle says of it. `of_plan` are options of ``niggle plan``.

    Raises `child.Failed`.
    """
    plan, shards = f"{out}.plan.json", f"{out}.shards"
    child.run("plan", root, "--out", plan, "--quiet", *of_plan)
    spark.dataSource.register(Receipts)
    receipts = spark.read.format(Receipts.name()).options(plan=plan, out=shards).load(root)
    for row in sorted(receipts.collect()):
        if row.code != 0:
            raise child.Failed(f"shard --shard {row.shard}", row.code, row.said)
    child.run("verify-shards", shards)
    return child.run("cohort", "--from-shards", shards, "--out", out)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code, which is niggle's."""
    parser = argparse.ArgumentParser(
        prog="python -m niggle.spark",
        description="Makes the report on a cohort with Spark. Other options are those of niggle plan, as --dates.",
    )
    parser.add_argument("--root", required=True, help="the folder with a folder or archive for each runner")
    parser.add_argument("--out", required=True, help="the folder of the report; OUT.plan.json and OUT.shards stay beside it")
    parser.add_argument("--shards", help="how many tasks there are, at most one a runner")
    asked, of_plan = parser.parse_known_args(arguments)
    if asked.shards is not None:
        of_plan += ["--shards", asked.shards]
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("niggle").getOrCreate()
    try:
        print(make(spark, asked.root, asked.out, of_plan), end="")
    except child.Failed as failed:
        print(failed, file=sys.stderr)
        # As a shell says it of a child that a signal ended.
        return failed.code if failed.code > 0 else 128 - failed.code
    finally:
        spark.stop()
    return 0
