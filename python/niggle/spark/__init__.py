"""Cohorts on Apache Spark 4, and on whatever runs its Python data sources (Sail, Databricks).

    from niggle.spark import register

    register(spark)
    runs = spark.read.format("niggle").load("/data/club")
    weeks = spark.read.format("niggle").option("table", "weeks").option("shards", 16).load("/data/club")

Every task reads one shard, whole runners, with a child process of the one binary. The engine carries numbers of shards and the rows of
the table; recordings never pass through it, so that every machine must see the folder under the same path.

``python -m niggle.spark --root /data/club --out /data/club_report`` makes the whole report, see `niggle.spark.cohort`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

try:
    from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
except ImportError as missing:
    raise ImportError("niggle.spark needs Spark 4: pip install niggle[spark]") from missing

from niggle import child
from niggle.spark.work import Work, scratch

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

#: The table that is read when none is named.
RUNS = "runs"


class Shard(InputPartition):
    """What one task reads."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Niggle(DataSource):
    """A table of a cohort: ``format("niggle")``.

    Options: ``path`` is the folder with a folder or archive for each runner; ``table`` is runs (the default), days, weeks, ratings,
    episodes, ostrc_weeks or findings; ``shards`` is how many tasks there are, at most one a runner; or ``plan`` names a plan of
    ``niggle plan``, which has its shards and may ask for more, as dates.
    """

    @classmethod
    def name(cls) -> str:
        return "niggle"

    def schema(self) -> str:
        return child.run("schema", self._table(), "--format", "ddl").strip()

    def reader(self, schema: object) -> DataSourceReader:
        return Tables(Work.asked(refused_unknown(self.options, "path", "table", "shards", "plan")), self._table())

    def _table(self) -> str:
        return self.options.get("table", RUNS)


class Tables(DataSourceReader):
    """Reads the rows of a table, shard by shard."""

    def __init__(self, work: Work, table: str) -> None:
        self.work = work
        self.table = table

    def partitions(self) -> list[Shard]:
        return [Shard(number) for number in range(self.work.shards)]

    def read(self, partition: Shard) -> Iterator[pyarrow.RecordBatch]:
        from pyarrow.parquet import ParquetFile

        with scratch() as folder:
            self.work.make(partition.number, Path(folder))
            rows = Path(folder, self.table, f"shard={partition.number:05}", "part-0.parquet")
            with ParquetFile(rows) as file:
                yield from file.iter_batches()


def register(spark: SparkSession) -> None:
    """Makes ``format("niggle")`` known to a session."""
    spark.dataSource.register(Niggle)


def refused_unknown(options: Mapping[str, str], *known: str) -> Mapping[str, str]:
    """The options, none of which is misspelled."""
    unknown = sorted(name for name in options if name.lower() not in known)
    if unknown:
        raise ValueError(f"niggle has no option {unknown[0]}; there are {', '.join(known)}")
    return options
