"""A table and a cohort on Spark, with an executor killed while its children run: on_spark.py CLUB ONE OUT

Run by spark.sh, with the program in NIGGLE_BIN.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from niggle.spark import register
from niggle.spark.cohort import make
from pyspark.sql import SparkSession

EXECUTOR = b"CoarseGrainedExecutorBackend"


def processes() -> dict[int, tuple[int, bytes]]:
    """The parent and the command line of every process."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                found[int(entry.name)] = (int(status[1]), (entry / "cmdline").read_bytes())
            except OSError:
                pass
    return found


def executor_at_work() -> int | None:
    """An executor of this session below which a shard is being made."""
    all_of_them = processes()
    for of_shard, (_, command) in all_of_them.items():
        if b"\0shard\0" not in command:
            continue
        above, executor = of_shard, None
        while above in all_of_them:
            if EXECUTOR in all_of_them[above][1]:
                executor = above
            if above == os.getpid():
                return executor
            above = all_of_them[above][0]
    return None


class Killer(threading.Thread):
    """Kills one executor with SIGKILL as soon as a child of it makes a shard."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.killed: int | None = None

    def run(self) -> None:
        while self.killed is None:
            executor = executor_at_work()
            if executor is None:
                time.sleep(0.02)
            else:
                os.kill(executor, signal.SIGKILL)
                self.killed = executor


def rows(table: pa.Table) -> list[tuple]:
    """The rows in an order of their own, each number as the bits that it has."""
    names = sorted(table.schema.names)
    cells = [[value.hex() if isinstance(value, float) else str(value) for value in table[name].to_pylist()] for name in names]
    return sorted(zip(*cells))


def main(club: str, one: str, out: str) -> None:
    since = time.monotonic()
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.executorEnv.NIGGLE_BIN", os.environ["NIGGLE_BIN"])
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    print(f"-- Spark {spark.version}: a session after {time.monotonic() - since:.0f} s", flush=True)

    register(spark)
    killer = Killer()
    killer.start()
    read = spark.read.format("niggle").option("table", "runs").option("shards", "8").load(club).toArrow()
    expected = pq.read_table(Path(one, "tables", "runs.parquet"))
    assert killer.killed, "no executor was killed"
    assert read.schema.names == expected.schema.names, read.schema.names
    assert rows(read) == rows(expected), "the rows are not those of one process"
    print(f"-- the table runs, {len(read)} rows, with executor {killer.killed} killed: after {time.monotonic() - since:.0f} s", flush=True)

    killer = Killer()
    killer.start()
    make(spark, club, out, ["--shards", "16"])
    assert killer.killed, "no executor was killed"
    print(f"-- the cohort, with executor {killer.killed} killed: after {time.monotonic() - since:.0f} s", flush=True)
    spark.stop()


main(*sys.argv[1:])
