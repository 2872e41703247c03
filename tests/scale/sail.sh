#!/usr/bin/env bash
# Sail runs the same data source without Java: the whole cohort by `python -m niggle.spark`, two tables, and what is refused.
set -euo pipefail
. "$(dirname "$0")/common.sh"
runners
engine sail pysail pyspark-client
port=15002
export PYTHONPATH=$root/python NIGGLE_BIN=$niggle SPARK_REMOTE=sc://127.0.0.1:$port
"$(dirname "$python")/sail" spark server --ip 127.0.0.1 --port $port > "$work/server" 2>&1 & server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  (exec 3<> /dev/tcp/127.0.0.1/$port) 2>/dev/null && break
  kill -0 $server 2>/dev/null || { cat "$work/server" >&2; fail "Sail did not start"; }
  sleep 0.2
done
wrong() { tail -n 30 "$work/said" "$work/server" >&2; fail "Sail: $*"; }
"$python" -W ignore -m niggle.spark --root "$club" --out "$work/report" --shards $shards > "$work/summary" 2> "$work/said" || wrong "there is no report"
same "$work/report" "Sail, after $SECONDS s"
"$python" -W ignore "$here/on_sail.py" "$club" "$one" "$work/report" 2> "$work/said" || wrong "not as expected"
say "Sail: all after $SECONDS s"
