#!/usr/bin/env bash
# Apache Spark with two executors of their own, in Java 17: a table and the whole cohort, each with an executor killed with SIGKILL while it
# makes shards.
set -euo pipefail
. "$(dirname "$0")/common.sh"
packages java=openjdk-17-jre-headless
java -version 2>&1 | grep -qE 'version "(17|21)\.' || fail "Spark 4 runs on Java 17 or 21: spark.sh was NOT run"
runners
engine spark pyspark
# Everything that it listens on is on this machine.
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=127.0.0.1 SPARK_LOCAL_DIRS=$work/local SPARK_WORKER_DIR=$work/workers
mkdir -p "$work/local"
export PYSPARK_PYTHON=$python PYTHONPATH=$root/python NIGGLE_BIN=$niggle
cd "$work"
"$python" "$here/on_spark.py" "$club" "$one" "$work/report" 2> said || { tail -n 40 said >&2; fail "Spark: not as expected"; }
same "$work/report" "Spark, after $SECONDS s"
