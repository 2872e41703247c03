"""Tables on Sail beside those of one process, and what does not go away: on_sail.py CLUB ONE OUT

Run by sail.sh, behind the cohort in OUT, with the server in SPARK_REMOTE and the program in NIGGLE_BIN.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow.parquet as pq
from niggle.child import Failed
from niggle.spark import register
from niggle.spark.cohort import make
from pyspark.sql import SparkSession


def main(club: str, one: str, out: str) -> None:
    spark = SparkSession.builder.getOrCreate()
    register(spark)
    for table in ["runs", "findings"]:
        read = spark.read.format("niggle").option("table", table).option("shards", "4").load(club).toArrow()
        expected = pq.read_table(Path(one, "tables", f"{table}.parquet"))
        # Tasks end in any order: that of the rows is all that may differ.
        assert read.cast(expected.schema).sort_by(keys(expected)).equals(expected.sort_by(keys(expected))), table
        print(f"-- the table {table}: {len(read)} rows, those of one process", flush=True)
    # What the program says of a plan is what the caller hears, with its code and without a second try.
    try:
        make(spark, club, out, ["--shards", "3"])
    except Failed as failed:
        assert failed.code == 65 and "another plan" in failed.said, failed
        print("-- shards of another plan are refused: 65", flush=True)
    else:
        raise AssertionError("shards of two plans were mixed")
    for options, words in [({"tabel": "runs"}, "no option tabel"), ({"table": "nothing"}, 'no table "nothing"')]:
        try:
            spark.read.format("niggle").options(**options).load(club).count()
        except Exception as error:  # noqa: BLE001, whichever the engine has for it
            assert words in str(error), error
        else:
            raise AssertionError(f"{options} are refused")
    spark.stop()


def keys(table) -> list[tuple[str, str]]:
    return [(name, "ascending") for name in table.schema.names]


main(*sys.argv[1:])
