"""A table on Sail, and what an engine is told that does not go away: on_sail.py CLUB ONE. Run by sail.sh, with SPARK_REMOTE and NIGGLE_BIN."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet as pq
from niggle.child import Failed
from niggle.spark import register
from niggle.spark.cohort import make
from pyspark.sql import SparkSession


def main(club: str, one: str, work: str) -> None:
    spark = SparkSession.builder.getOrCreate()
    register(spark)
    for table in ["runs", "days", "weeks", "ratings", "episodes", "ostrc_weeks", "findings"]:
        # Every task holds stretches of the runners, so that the order of rows is all that may differ.
        read = spark.read.format("niggle").option("table", table).option("shards", "4").load(club).toArrow()
        expected = pq.read_table(Path(one, "tables", f"{table}.parquet"))
        assert read.cast(expected.schema).sort_by(keys(expected)).equals(expected.sort_by(keys(expected))), table
        print(f"-- the table {table}: {len(read)} rows, those of one process", flush=True)
    # What the program says of a plan is what the caller hears, with its code and without a second try.
    make(spark, club, f"{work}/first", ["--shards", "2"])
    Path(work, "second.shards").symlink_to(Path(work, "first.shards"))
    try:
        make(spark, club, f"{work}/second", ["--shards", "3"])
    except Failed as failed:
        assert failed.code == 65 and "another plan" in failed.said, failed
        print(f"-- shards of another plan: {failed}", flush=True)
    else:
        raise AssertionError("shards of two plans were mixed")
    spark.stop()


def keys(table) -> list[tuple[str, str]]:
    return [(name, "ascending") for name in table.schema.names]


main(*sys.argv[1:])
