#!/usr/bin/env bash
# Time and memory of a report on large inputs, and how fast it stops when it is asked to: tests/large/run.sh [KIND...]
#
# Kinds: zip, files (30,000 FIT files), years (30 years of runs), log, apple; all of them without any. NIGGLE names a build other than
# target/release/niggle. Inputs are made below a temporary folder and take 6 GB in all.
set -euo pipefail
cd "$(dirname "$0")/../.."
niggle=$(realpath "${NIGGLE:-target/release/niggle}")
kinds=("$@")
[ $# -gt 0 ] || kinds=(zip files years log apple)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

history() { cargo run --quiet --example make_big_history -- "$work/$1" "$2" sample_data "$3" >/dev/null; }

for kind in "${kinds[@]}"; do
  case $kind in
    files) history files 30000 8 ;;
    years) history years 6570 40 ;;
    *) python3 tests/large/make.py "$kind" "$work/$kind" ;;
  esac
  python3 tests/large/measure.py "$kind" "$work" "$niggle" report "$work/$kind" --out "$work/report" --quiet
  rm -rf "$work/$kind" "$work/report"
done
