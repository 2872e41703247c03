#!/usr/bin/env bash
# Fuzzes every target in turn, or those that are named: fuzz/run.sh SECONDS [TARGET...]
#
# What is found lies in fuzz/artifacts/TARGET; what was learnt goes to $GROWN/TARGET (default: below the target folder) and, made small by
# fuzz/minimise.sh, back to fuzz/corpus.
set -euo pipefail
cd "$(dirname "$0")"
seconds=$1
shift
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' Cargo.toml)
grown=${GROWN:-${CARGO_TARGET_DIR:-target}/grown}
# The compiler's stable release takes the sanitizer with this.
export RUSTC_BOOTSTRAP=1
# libdeflate, in C, compiles one table twice, which the sanitizer takes for two of one name.
export ASAN_OPTIONS=detect_odr_violation=0

for target in "${targets[@]}"; do
  mkdir -p "$grown/$target" "corpus/$target"
  case $target in
    fit*) dictionary=fit ;;
    xml) dictionary=xml ;;
    *) dictionary= ;;
  esac
  # SANITIZER=none is some five times as fast: all code here but that of libdeflate and zstd is safe Rust, which panics by itself.
  # A file may take a second and one allocation 64 MB; the program itself is a good part of the whole.
  cargo fuzz run -s "${SANITIZER:-address}" "$target" "$grown/$target" "corpus/$target" -- \
    -max_total_time="$seconds" -timeout="${TIMEOUT:-1}" -malloc_limit_mb=64 -rss_limit_mb=1024 -max_len=1048576 -print_final_stats=1 \
    ${dictionary:+-dict=dictionaries/$dictionary.dict}
done
