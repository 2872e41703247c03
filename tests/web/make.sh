#!/usr/bin/env bash
# Makes the pages that the checks look at: `make.sh [FOLDER]`, by default pages/. Needs target/debug/niggle and its examples built.
# HISTORIES="one-run indoors" makes only those beside the sample.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)
niggle=${NIGGLE:-$root/target/debug/niggle}
pages=${1:-pages}
inputs=$(mktemp -d)
trap 'rm -rf "$inputs"' EXIT

rm -rf "$pages"
mkdir -p "$pages"
node inputs.mjs "$inputs"
# Fifteen years, a run every 56 hours from 2001 on, beside the log of that time.
"$root/target/debug/examples/make_big_history" "$inputs/fifteen-years/runs" 2348 "$root/sample_data" 56 >"$inputs/said"

report() { # what to read, the name of the pages, more options
  local read=$1 name=$2
  shift 2
  "$niggle" report "$read" --out "$pages/$name" --quiet "$@"
}

report "$root/sample_data" sample
for history in ${HISTORIES:-one-run three-weeks pain-only pain-and-rides indoors bare hostile hostile-calm fifteen-years running-again year}; do
  report "$inputs/$history" "$history"
done
if "$niggle" report --help | grep -q -- --with-names; then
  report "$inputs/hostile" named/hostile --with-names
  report "$inputs/hostile-calm" named/hostile-calm --with-names
fi
for page in "$pages"/*/report.html; do ls -l "$page"; done
