#!/usr/bin/env bash
# GNU parallel makes the shards: one is killed, and made again by --retries.
set -euo pipefail
. "$(dirname "$0")/common.sh"
packages parallel=parallel
runners
cd "$work"
"$niggle" plan "$club" --shards $shards --out plan.json --quiet
seq 0 $((shards - 1)) | parallel --will-cite --jobs 2 --retries 3 --joblog jobs \
  '$([ {} = 9 ] && echo '"$here/killed_once.sh mark"')' "$niggle" shard --verbose --plan plan.json --root "$club" --shard {} --out shards --jobs 1 > receipts 2> said
[ -s mark/killed ] || fail "no shard was killed: $(cat said)"
[ "$(wc -l < receipts)" = $shards ] || fail "sixteen receipts are printed"
"$niggle" verify-shards shards
"$niggle" cohort --from-shards shards --out report --quiet
same report "GNU parallel with one shard killed"
