#!/usr/bin/env bash
# Sail runs the same data source without Java: every table, the whole cohort by `python -m niggle.spark`, and what it says of shards of
# another plan.
set -euo pipefail
. "$(dirname "$0")/common.sh"
runners
environment "$work/python" "$(pinned pysail)" "$(pinned pyspark-client)" "$(pinned pyarrow)" "$(pinned pandas)"
say "pysail and what it needs after $SECONDS s"
port=15002
python=$work/python/bin/python
export PYTHONPATH=$root/python NIGGLE_BIN=$niggle SPARK_REMOTE=sc://127.0.0.1:$port
"$work/python/bin/sail" spark server --ip 127.0.0.1 --port $port > "$work/server" 2>&1 & server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  (exec 3<> /dev/tcp/127.0.0.1/$port) 2>/dev/null && break
  kill -0 $server 2>/dev/null || { cat "$work/server" >&2; fail "Sail did not start"; }
  sleep 0.2
done
"$python" -W ignore "$here/on_sail.py" "$club" "$one" "$work" 2> "$work/said" || { tail -n 30 "$work/said" "$work/server" >&2; fail "Sail: not as expected"; }
"$python" -W ignore -m niggle.spark --root "$club" --out "$work/report" --shards $shards
same "$work/report" "Sail, after $SECONDS s"
