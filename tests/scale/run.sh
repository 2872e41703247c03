#!/usr/bin/env bash
# Every script of this folder, with the runners and the environments of the engines made once. The engines are installed while the others run.
set -euo pipefail
SCALE=$(mktemp -d)
export SCALE
trap 'rm -rf "$SCALE"' EXIT
. "$(dirname "$0")/common.sh"
trap 'rm -rf "$work" "$SCALE"' EXIT
packages parallel=parallel slurmctld=slurmctld slurmd=slurmd sbatch=slurm-client java=openjdk-17-jre-headless
(engine spark pyspark && engine sail pysail pyspark-client) > "$SCALE/engines" 2>&1 & engines=$!
runners
for script in seam parallel slurm spark sail; do
  if [ $script = spark ]; then wait $engines || { cat "$SCALE/engines" >&2; fail "the engines could not be installed: spark.sh and sail.sh were NOT run"; }; fi
  say "$script.sh, after $SECONDS s"
  "$here/$script.sh"
done
say "all of tests/scale after $SECONDS s"
