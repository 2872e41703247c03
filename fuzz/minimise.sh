#!/usr/bin/env bash
# Makes the corpora that are kept anew: the fewest and smallest files of what was learnt that reach as far, at most KILOBYTES a target, the
# smallest first: fuzz/minimise.sh [KILOBYTES]
set -euo pipefail
cd "$(dirname "$0")"
most=$((${1:-100} * 1024))
grown=${GROWN:-${CARGO_TARGET_DIR:-target}/grown}
export RUSTC_BOOTSTRAP=1
# libdeflate, in C, compiles one table twice, which the sanitizer takes for two of one name.
export ASAN_OPTIONS=detect_odr_violation=0

for folder in "$grown"/*/; do
  target=$(basename "$folder")
  fewest=$(mktemp -d)
  cargo fuzz run "$target" "$fewest" "$folder" "corpus/$target" -- -merge=1 -timeout=10 -malloc_limit_mb=64 -rss_limit_mb=1024 -max_len=1048576
  sum=0
  while read -r bytes name; do
    sum=$((sum + bytes))
    [ "$sum" -le "$most" ] || break
    cp "$fewest/$name" "corpus/$target/"
  done < <(find "$fewest" -type f -printf '%s %f\n' | sort -n)
  rm -r "$fewest"
done
